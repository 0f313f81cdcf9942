"""The exceptions that reach a user: a request that cannot be carried out, told in one line."""


class CrmtoolError(Exception):
    """Wrong usage, or no readable workspace: the program prints the message on one line and exits with status 2."""

    status = 2
    advice: tuple[str, ...] = ()


class RefusedError(CrmtoolError):
    """What the rules refuse: the program also prints the lines of `advice`, and exits with status 1."""

    status = 1

    def __init__(self, message: str, advice: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.advice = advice

"""The exceptions that reach a user: a request that cannot be carried out, told in one line."""


class CrmtoolError(Exception):
    """Wrong usage, or no readable workspace: the program exits with status 2.

    It prints the message on one line, and below it the lines of `advice`.
    """

    status = 2

    def __init__(self, message: str, advice: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.advice = advice


class RefusedError(CrmtoolError):
    """What the rules refuse: the program exits with status 1."""

    status = 1

"""The one exception that reaches a user: a request that cannot be carried out, told in one line."""


class CrmtoolError(Exception):
    """Wrong usage, or no readable workspace: the program prints the message on one line and exits with status 2."""

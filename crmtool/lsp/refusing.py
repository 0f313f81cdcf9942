"""Requests that are refused: the person is told why."""

from __future__ import annotations

from lsprotocol.types import LSPErrorCodes
from pygls.exceptions import JsonRpcException

from crmtool.errors import CrmtoolError


def refusal(error: CrmtoolError) -> JsonRpcException:
    """Give an error as the answer to a request."""
    return JsonRpcException(str(error), code=LSPErrorCodes.RequestFailed.value)


def is_refusal(error: BaseException | None) -> bool:
    """Whether an error is such an answer; then no log need have it."""
    return isinstance(error, JsonRpcException) and error.code == LSPErrorCodes.RequestFailed

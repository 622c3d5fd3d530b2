"""Problems a person can understand, and the one table that gives each its HTTP status."""

from collections.abc import Sequence
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404


class Problem(Exception):
    """Something a person did cannot be done; `sentences` say what, where and what to do."""

    code = "bad_request"

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences: Sequence[str] = sentences

    def __str__(self) -> str:
        return " ".join(self.sentences)

    @property
    def status(self) -> HTTPStatus:
        """The status of the table below."""
        return status_of(self)


class NotThere(Problem):
    """There is no such thing, or this person may not know of it."""

    code = "not_found"


class Forbidden(Problem):
    """The thing is visible, the act is not this person's."""

    code = "forbidden"


class Conflict(Problem):
    """Somebody else was quicker."""

    code = "conflict"


class TooLarge(Problem):
    """More was sent than is taken."""

    code = "too_large"


class Refused(Problem):
    """The act is known and allowed, but something stands against it."""

    code = "refused"


STATUS: Sequence[tuple[type[Exception], HTTPStatus]] = (
    (NotThere, HTTPStatus.NOT_FOUND),
    (Http404, HTTPStatus.NOT_FOUND),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (PermissionDenied, HTTPStatus.FORBIDDEN),
    (Conflict, HTTPStatus.CONFLICT),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (Refused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ValidationError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Problem, HTTPStatus.BAD_REQUEST),
)


def status_of(error: Exception) -> HTTPStatus:
    """The HTTP status of an error; 500 for one that nobody expected."""
    for kind, status in STATUS:
        if isinstance(error, kind):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def code_of(error: Exception) -> str:
    """The word by which programs tell the error from others."""
    if isinstance(error, Problem):
        return error.code
    return code_of_status(status_of(error))


def code_of_status(status: HTTPStatus) -> str:
    """The word for a status that says all there is to say: `not_found`."""
    return status.phrase.lower().replace(" ", "_")


def sentences_of(error: Exception) -> list[str]:
    """What to tell the person, one sentence each; empty where the status says all."""
    if isinstance(error, Http404):
        return []  # Django's own words name tables, in English
    if isinstance(error, Problem):
        return list(error.sentences)
    if isinstance(error, ValidationError):
        return list(error.messages)
    return [str(argument) for argument in error.args if argument and isinstance(argument, str)]

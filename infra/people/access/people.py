"""Who asks, as a person; and by what name one person may know another."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from infra.models import User


def person_of(request: HttpRequest) -> User:
    """The signed-in person. Raises PermissionDenied for a stranger."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def name_for(reader: User | None, author: User | None, kept: str = "") -> str:
    """The person's name inside one house; the organisation's for readers outside it.

    `kept` is the name as it was written down with the act; without a reader it is told in full.
    """
    if author is None:
        return kept
    is_inside = reader is None or reader.is_department
    if is_inside or (reader and author.organisation_id == reader.organisation_id):
        return kept or author.get_full_name()
    return str(author.organisation or "")

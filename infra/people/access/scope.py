"""What a person sees on maps, as one short word: key of aggregates and part of tile ETags."""

from django.contrib.auth.models import AnonymousUser

from infra.ground.choices import Role
from infra.models import User


def scope_of(user: User | AnonymousUser) -> str:
    """`all` for the department, `org:<id>` for an operator's people, `public` for the rest."""
    if not isinstance(user, User) or not user.is_active:
        return "public"
    if user.is_department:
        return "all"
    if user.has_role(Role.OPERATOR) and user.organisation_id:
        return f"org:{user.organisation_id}"
    return "public"

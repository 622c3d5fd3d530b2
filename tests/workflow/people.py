"""The cast: one person per role, two operators."""

from infra.ground.choices import OrganisationKind, Role
from infra.models import Organisation, User


def organisation(code: str, kind: OrganisationKind) -> Organisation:
    """A body of this kind, made once."""
    row, _ = Organisation.objects.get_or_create(
        code=code, defaults={"name": f"Body {code}", "short_name": code, "kind": kind}
    )
    return row


def person(name: str, *roles: Role, at: Organisation | None = None) -> User:
    """Somebody who holds these roles, at the department unless said otherwise."""
    home = at or organisation("skhcn", OrganisationKind.DEPARTMENT)
    return User.objects.create_user(
        f"{name}@example.test", full_name=name.title(), roles=list(roles), organisation=home
    )

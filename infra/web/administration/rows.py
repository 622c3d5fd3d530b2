"""One way to change a row that two administrators may have open at once."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _

from infra.ground.choices import Role
from infra.ground.errors import Conflict, NotThere
from infra.models import User

M = TypeVar("M", bound=Model)


def administrator_only(actor: User) -> None:
    """Raises PermissionDenied for anybody else."""
    if not actor.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied


def locked(model: type[M], pk: int, version: int) -> M:
    """The row for this transaction alone. Raises NotThere, or Conflict when it moved on."""
    row: Any = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotThere(_("This row is gone. Go back to the list."))
    if row.version != version:
        raise Conflict(
            _("Somebody else saved this meanwhile. Open the page anew, look, then change it again.")
        )
    row.version += 1
    found: M = row
    return found


def filled(row: Any, data: dict[str, Any]) -> None:
    """Put the checked values of a form onto the row."""
    for name, value in data.items():
        setattr(row, name, value)

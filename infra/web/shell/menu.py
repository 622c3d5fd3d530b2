"""The left menu and the phone's tabs: only what the person's roles use."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Role
from infra.models import User
from infra.people.access.roles import DOSSIER_READERS, EVERYBODY


@dataclass(frozen=True)
class Entry:
    """One page of the menu and the roles that use it."""

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[Role] = EVERYBODY
    is_public: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as it is drawn for one request."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


_SAFETY = frozenset(
    {
        Role.INSPECTOR,
        Role.OFFICER,
        Role.HEAD,
        Role.LEADER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
_ROUTES = frozenset(
    {
        Role.PLANNER,
        Role.OFFICER,
        Role.HEAD,
        Role.LEADER,
        Role.CLERK,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
_DATA = frozenset({Role.OFFICER, Role.PLANNER, Role.AUDITOR, Role.ADMINISTRATOR})
_ADMINISTRATION = frozenset({Role.ADMINISTRATOR})

ENTRIES = (
    Entry(_("My work"), "home", icon="check2-square"),
    Entry(_("Map"), "map:page", icon="map", is_public=True),
    Entry(_("Masts and stations"), "sites:mast_list", icon="broadcast-pin", is_public=True),
    Entry(_("Inspections"), "sites:inspection_list", icon="clipboard-check", roles=_SAFETY),
    Entry(_("Appraisal"), "sites:dossier_list", icon="folder2-open", roles=DOSSIER_READERS),
    Entry(_("Undergrounding"), "undergrounding:route_list", icon="bezier2", roles=_ROUTES),
    Entry(_("Data"), "data", icon="database", roles=_DATA),
    Entry(_("Administration"), "admin:index", icon="gear", roles=_ADMINISTRATION),
)
# The first page of a role's own work, for the third tab of the phone.
_FIRST = {
    Role.INSPECTOR: "sites:inspection_list",
    Role.PLANNER: "undergrounding:route_list",
    Role.AUDITOR: "sites:mast_list",
}


def links_for(user: User | AnonymousUser, path: str) -> list[Link]:
    """The menu of a person on one page."""
    links = []
    for entry in ENTRIES:
        if _uses(user, entry):
            url = reverse(entry.url_name)
            current = path == url if url == "/" else path.startswith(url)
            links.append(Link(str(entry.label), url, entry.icon, current))
    return links


def tabs_for(user: User | AnonymousUser, links: list[Link]) -> list[Link]:
    """The phone's three tabs beside "more": my work, the map and the role's own page.

    A visitor has no "more": all that is public stands beside the way in.
    """
    if not user.is_authenticated:
        front, sign_in = reverse("home"), reverse("account_login")
        return [
            Link(_("Front page"), front, icon="house", is_current=False),
            *links,
            Link(_("Sign in"), sign_in, icon="box-arrow-in-right", is_current=False),
        ]
    first = next((name for role, name in _FIRST.items() if _holds(user, role)), None)
    wanted = ["home", "map:page", first or "sites:dossier_list"]
    urls = [reverse(name) for name in wanted]
    return sorted((link for link in links if link.url in urls), key=lambda one: urls.index(one.url))


def _uses(user: User | AnonymousUser, entry: Entry) -> bool:
    if not user.is_authenticated:
        return entry.is_public
    return user.has_role(*entry.roles)


def _holds(user: User | AnonymousUser, role: Role) -> bool:
    return user.is_authenticated and user.has_role(role)

"""The page of data: parts of the product put their sections on it, each with its acts, by role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from infra.ground.choices import ImportState, JobState, Role
from infra.ground.registry import Registry
from infra.models import ImportRun, Job, User
from infra.people.access.decorators import sign_in_required
from infra.people.access.people import person_of
from infra.people.access.roles import EVERYBODY
from infra.work.jobs.registry import kind_label

IMPORTING = frozenset({Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR})
SHOWN = 6


@dataclass(frozen=True)
class Section:
    """One part of the page: who sees it, what it shows, in which template as `part`."""

    key: str
    order: int
    template: str
    context: Callable[[User], dict[str, Any]]
    roles: frozenset[Role] = EVERYBODY


@dataclass(frozen=True)
class Export:
    """Data to take away: what it holds, and the address of each format by URL name."""

    label: str | Promise
    text: str | Promise
    formats: tuple[tuple[str, str], ...]
    page: str

    @property
    def links(self) -> list[tuple[str, str]]:
        """Format and address."""
        return [(name, reverse(url_name)) for name, url_name in self.formats]

    @property
    def page_url(self) -> str:
        """Where it can be narrowed first."""
        return reverse(self.page)


SECTIONS: Registry[Section] = Registry("section of the page of data")
EXPORTS: Registry[Export] = Registry("export")


def register_section(section: Section) -> None:
    """Put a section on the page; call it from `AppConfig.ready()`."""
    SECTIONS.register(section.key, section)


def register_export(export: Export) -> None:
    """Offer data to take away; the address itself says who gets what."""
    EXPORTS.register(export.page, export)


@sign_in_required
@require_GET
def data_home(request: HttpRequest) -> HttpResponse:
    """What waits for confirmation, what was brought in, what can be taken out, what it rests on."""
    user = person_of(request)
    sections = sorted(SECTIONS.values(), key=lambda section: section.order)
    parts = [
        (section.template, section.context(user))
        for section in sections
        if user.has_role(*section.roles)
    ]
    return render(request, "exchange/data_home.html", {"parts": parts})


def _imports(user: User) -> dict[str, Any]:
    """The newest imports, before them those that wait for a decision."""
    waits_first = Case(
        When(state=ImportState.CHECKED, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    runs = ImportRun.objects.visible_to(user).select_related("created_by").defer("head", "report")
    return {"runs": runs.order_by(waits_first, "-created_at")[:SHOWN], "user": user}


def _exports(_user: User) -> dict[str, Any]:
    return {"exports": EXPORTS.values()}


def _jobs(user: User) -> dict[str, Any]:
    """Jobs that run or failed, the newest first."""
    states = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)
    jobs = Job.objects.visible_to(user).filter(state__in=states).order_by("-created_at")[:SHOWN]
    return {"jobs": [(job, kind_label(job.kind)) for job in jobs]}


def register() -> None:
    """The sections of this shelf."""
    register_section(Section("imports", 10, "exchange/part_imports.html", _imports, IMPORTING))
    register_section(Section("exports", 20, "exchange/part_exports.html", _exports))
    register_section(Section("jobs", 60, "exchange/part_jobs.html", _jobs))

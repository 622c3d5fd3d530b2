"""`{% load dossiers %}`: the parts that every page of a dossier shows."""

from typing import Any
from uuid import uuid4

from django import template
from django.template.context import RequestContext

from infra.cases.clock import calendar_of, clock_of, is_on_time
from infra.cases.documents.selectors import documents_of
from infra.cases.dossiers.forms import AssignForm, CommentForm, ConsultForm, OpinionForm, SeenForm
from infra.cases.dossiers.people import (
    assignable_officers,
    bodies_to_ask,
    may_attach,
    may_comment,
    may_take_off,
)
from infra.cases.dossiers.timeline import comments_of, timeline
from infra.cases.workflow.acts import may_perform
from infra.files.selectors import files_of
from infra.models import Document, Dossier
from infra.people.access.people import name_for

register = template.Library()
PARTS = "infra/dossiers/parts"


@register.inclusion_tag(f"{PARTS}/header.html", takes_context=True)
def dossier_header(context: RequestContext, dossier: Dossier) -> dict[str, Any]:
    """Code, applicant, state, clock, officer, and the buttons of the next steps."""
    user = context["request"].user
    may_assign = may_perform("dossier", dossier, "assign", user)
    return {
        **_base(context, dossier),
        "clock": clock_of(dossier, calendar_of(context["request"])),
        "is_on_time": is_on_time(dossier),
        "supplement": dossier.supplements.filter(answered_at=None).last(),
        "assign_form": _empty(AssignForm, dossier, officers=assignable_officers())
        if may_assign
        else None,
    }


@register.inclusion_tag(f"{PARTS}/opinions.html", takes_context=True)
def dossier_opinions(context: RequestContext, dossier: Dossier) -> dict[str, Any]:
    """Tab Ý kiến: who was asked, what they answered, and the forms for it."""
    user = context["request"].user
    rows = dossier.consultations.select_related("body", "answered_by")
    if not user.is_department:
        rows = rows.filter(body=user.organisation_id)
    own = next((row for row in rows if row.body_id == user.organisation_id), None)
    may_answer = may_perform("dossier", dossier, "answer_consultation", user)
    is_open = bool(own and not own.answered_at and may_answer)
    may_ask = may_perform("dossier", dossier, "consult", user)
    return {
        **_base(context, dossier),
        "consultations": rows,
        "answered": sum(1 for row in rows if row.answered_at),
        "opinion_form": _empty(OpinionForm, dossier) if is_open else None,
        "consult_form": _empty(ConsultForm, dossier, bodies=bodies_to_ask(dossier))
        if may_ask
        else None,
    }


@register.inclusion_tag(f"{PARTS}/comments.html", takes_context=True)
def dossier_comments(context: RequestContext, dossier: Dossier) -> dict[str, Any]:
    """Tab Trao đổi: comments, public and internal, some pinned on the map."""
    user = context["request"].user
    rows = [{"row": row, "who": name_for(user, row.author)} for row in comments_of(dossier, user)]
    form = _empty(CommentForm, dossier) if may_comment(user) else None
    if form and not user.is_department:
        del form.fields["is_public"]
    return {**_base(context, dossier), "comments": rows, "form": form}


@register.inclusion_tag(f"{PARTS}/files.html", takes_context=True)
def dossier_files(context: RequestContext, dossier: Dossier) -> dict[str, Any]:
    """Tab Tài liệu: papers by component, other files, documents."""
    user = context["request"].user
    files = list(files_of(dossier, user))
    components = list(dossier.procedure.components.all())
    known = {part.code for part in components}
    papers = [(part, [f for f in files if f.component == part.code]) for part in components]
    readable = Document.objects.visible_to(user).values("pk")
    return {
        **_base(context, dossier),
        "papers": papers,
        "others": [file for file in files if file.component not in known],
        "documents": documents_of(dossier).filter(pk__in=readable),
        "may_attach": may_attach(dossier, user),
        "removable": {f.pk for f in files if may_take_off(dossier, f, user)},
        "is_department": user.is_department,
    }


@register.inclusion_tag(f"{PARTS}/history.html", takes_context=True)
def dossier_history(context: RequestContext, dossier: Dossier) -> dict[str, Any]:
    """Tab Lịch sử: steps, comments, documents and files as one list."""
    user = context["request"].user
    return {**_base(context, dossier), "entries": timeline(dossier, user)}


def _empty(form: type[SeenForm], dossier: Dossier, **options: Any) -> SeenForm:
    """A form for the dossier as it is shown, with an identifier of its own."""
    seen = {"version": dossier.version, "uuid": uuid4()}
    return form(initial=seen, auto_id=f"id_{form.__name__.lower()}_%s", **options)


def _base(context: RequestContext, dossier: Dossier) -> dict[str, Any]:
    request = context["request"]
    return {
        "dossier": dossier,
        "request": request,
        "user": request.user,
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }

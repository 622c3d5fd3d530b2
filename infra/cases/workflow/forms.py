"""The form behind a button: version, reason, and what a transition asks for besides."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from infra.cases.workflow import registry
from infra.cases.workflow.table import Transition
from infra.models import User
from infra.models.base import VersionedModel


class ReasonForm(forms.Form):
    """The version the person saw, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def transition_form(
    edge: Transition,
    target: VersionedModel,
    data: QueryDict | None,
    files: MultiValueDict[str, Any] | None = None,
) -> forms.Form:
    """The bound (or empty) form of one step, with its own fields before the reason.

    A form registered for the edge takes `target=`; what it cleans is the transition's `data`.
    """
    base: Any = registry.get_form(edge.form) if edge.form else None
    kind = type("TransitionForm", (base, ReasonForm), {}) if base else ReasonForm
    initial = {"version": target.version}
    options: dict[str, Any] = {"initial": initial, "auto_id": f"id_{edge.name}_%s"}
    if base:
        options["target"] = target
    form: forms.Form = kind(data, files, **options)
    if not edge.needs_reason:
        del form.fields["reason"]
    else:
        form.fields["reason"].required = True
    return form


def form_facts(form: Any, actor: User) -> dict[str, Any]:
    """The transition's `data`: what the form cleaned, or what its `facts(actor)` makes of it."""
    if hasattr(form, "facts"):
        facts: dict[str, Any] = form.facts(actor)
        return facts
    return {k: v for k, v in form.cleaned_data.items() if k not in {"version", "reason"}}

"""CHECK constraints for what forms promise: the database holds it, whichever door is used."""

from functools import reduce
from operator import and_
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

Choices = type[models.TextChoices | models.IntegerChoices]


class _Chosen(models.CheckConstraint):
    """A check that a form need not ask the database about: the field itself has judged."""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: each field refuses what is not among its choices."""

    def deconstruct(self) -> Any:
        """Migrations know it as Django's own."""
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


def chosen(
    model: str, field: str, choices: Choices, *, blank: bool = False
) -> models.CheckConstraint:
    """The value is one of the choices, or blank where that is allowed."""
    values = [*choices.values, *([""] if blank and "" not in choices.values else [])]
    return _Chosen(condition=Q(**{f"{field}__in": values}), name=f"{model}_{field}_chosen")


def all_chosen(model: str, field: str, choices: Choices) -> models.CheckConstraint:
    """Each value of a list is one of the choices."""
    condition = Q(**{f"{field}__contained_by": [*choices.values]})
    return _Chosen(condition=condition, name=f"{model}_{field}_chosen")


def in_order(
    model: str, first: str = "valid_from", last: str = "valid_to"
) -> models.CheckConstraint:
    """The end is not before the beginning; both may be unknown."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)}),
        name=f"{model}_{last}_in_order",
        violation_error_message=_("The end lies before the beginning."),
    )


def not_negative(model: str, *fields: str) -> models.CheckConstraint:
    """Each of these measures is nought or more, or unknown."""
    parts = (Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}) for field in fields)
    return models.CheckConstraint(
        condition=reduce(and_, parts),
        name=f"{model}_not_negative",
        violation_error_message=_("A height, distance, power or sum cannot be negative."),
    )

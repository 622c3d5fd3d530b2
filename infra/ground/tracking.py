"""History that the database keeps by itself: which models have it, and the triggers that write it.

A statement is one call of a trigger, however many rows it wrote: a call per row made COPY of very
many rows several times slower, and worse than linear. Who and why come from `infra.work.history`.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from pghistory import trigger

ModelType = TypeVar("ModelType", bound=type[models.Model])

JOINED, KEYS_MAY_CHANGE = "old_values JOIN new_values", "old_values RIGHT JOIN new_values"


class _HistoryTrigger(trigger.Event):
    """Copies what a statement wrote, read from its transition tables, into the event table."""

    level = pgtrigger.Statement

    def get_func(self, model: Any) -> pgtrigger.Func:
        """The trigger's body.

        By EXECUTE: a kept plan would join the tables of a bulk change as it suited the first
        change of the session, which wrote one row. A context is written for changes only.
        """
        event_model: Any = self.event_model
        events = event_model._meta
        tracked = {field.name for field in event_model.pgh_tracked_model._meta.fields}
        kept = ", ".join(
            f'"{field.column}"' for field in events.concrete_fields if field.name in tracked
        )
        rows = "old_values" if self.row == "OLD" else "new_values"
        body = f"""
        EXECUTE $history$
            WITH changed AS MATERIALIZED (SELECT {rows}.* FROM {{cond_{rows}}}),
            context AS MATERIALIZED (
                SELECT _pgh_attach_context() AS id WHERE EXISTS (SELECT FROM changed)
            )
            INSERT INTO "{events.db_table}"
                ({kept}, pgh_obj_id, pgh_label, pgh_created_at, pgh_context_id)
            SELECT {kept}, "{model._meta.pk.column}", '{self.label}', now(),
                (SELECT id FROM context)
            FROM changed
        $history$;
        RETURN NULL;
        """  # noqa: S608 - names of our own columns
        return pgtrigger.Func(body)  # type: ignore[no-untyped-call]

    def get_func_template_kwargs(self, model: Any) -> dict[str, Any]:
        """Rows whose key a statement changed are kept too."""
        given = super().get_func_template_kwargs(model)
        return given | {
            name: value.replace(JOINED, KEYS_MAY_CHANGE)
            for name, value in given.items()
            if name.startswith("cond_")
        }


class _PerStatement(pghistory.RowEvent):
    """Registers the trigger above in the place of the library's."""

    def add_event_trigger(self, event_model: Any) -> None:
        """Called once the event model is made."""
        made = _HistoryTrigger(  # type: ignore[no-untyped-call]
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
        )
        pgtrigger.register(made)(event_model.pgh_tracked_model)


class _Inserts(_PerStatement, pghistory.InsertEvent):
    pass


class _Updates(_PerStatement, pghistory.UpdateEvent):
    pass


class _Deletes(_PerStatement, pghistory.DeleteEvent):
    pass


def tracked(
    *fields: str, exclude: Sequence[str] = (), deletions_only: bool = False
) -> Callable[[ModelType], ModelType]:
    """Keep each insert, change and deletion of a model's rows; of final ones only deletions.

    Only of these fields where some are named, and never of those left out.
    """

    def decorate(model: ModelType) -> ModelType:
        pghistory.track(
            *([_Deletes()] if deletions_only else [_Inserts(), _Updates(), _Deletes()]),
            fields=list(fields) or None,
            exclude=list(exclude),
            model_name=f"{model.__name__}Event",
            obj_field=pghistory.ObjForeignKey(related_name="events"),
        )(model)
        return model

    return decorate

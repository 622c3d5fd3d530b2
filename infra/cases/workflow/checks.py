"""`manage.py check` proves that what the workflow tables name is bound."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from infra.cases.workflow import registry


@register()
def workflow_keys_are_bound(**_kwargs: Any) -> list[CheckMessage]:
    """Every guard, effect, predicate and form that a table names is bound by somebody."""
    return [
        Error(
            f"Nobody bound {key}.",
            hint="Call infra.cases.workflow.registry.register_… in an AppConfig.ready().",
            id="infra.E020",
        )
        for key in registry.unbound_keys()
    ]


@register()
def workflow_models_exist(**_kwargs: Any) -> list[CheckMessage]:
    """Every table's model exists and carries state, version and uuid."""
    found: list[CheckMessage] = []
    for table in registry.get_workflows():
        fields = {field.name for field in apps.get_model(table.model)._meta.get_fields()}
        if missing := {"state", "version", "uuid"} - fields:
            found.append(
                Error(f"{table.model} of workflow {table.key} lacks {missing}.", id="infra.E021")
            )
    return found

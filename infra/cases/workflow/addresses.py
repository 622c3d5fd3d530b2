"""The page of an object under a workflow; halves own the pages, the table names them."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from infra.cases.workflow.registry import workflow_of


def page_of(target: Any) -> str:
    """Its address, the home page for an object whose half has no page for it."""
    table = workflow_of(target) if target is not None else None
    try:
        return reverse(table.page, args=[target.uuid]) if table else "/"
    except NoReverseMatch:
        return "/"

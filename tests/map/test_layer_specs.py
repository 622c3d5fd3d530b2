"""A layer is declared once, as data; what is at fault in a declaration is told before a tile is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from infra.map.checks import layer_faults
from infra.map.registry import LAYERS, LayerSpec, all_layers, register_layer
from infra.map.style import Label, Sign, Stroke, Style
from sites.choices import Grade

ROOT = Path(__file__).resolve().parents[2]
BLACK = Sign("", "a", fill="#000000")

pytestmark = pytest.mark.django_db


@pytest.fixture
def masts() -> Iterator[LayerSpec]:
    with LAYERS.temporarily():
        yield LAYERS.get("masts")


def style_of(spec: LayerSpec) -> Style:
    assert spec.style is not None
    return spec.style


def test_every_layer_compiles_for_every_reader() -> None:
    faults = {spec.key: layer_faults(spec) for spec in all_layers()}
    assert {key: told for key, told in faults.items() if told} == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"properties": {"grade": "shown_grade", "x": "no_such_field"}}, "no_such_field"),
        ({"filters": {"grade": "nowhere__code"}}, "nowhere"),
        ({"geometry": "place"}, "place"),
        ({"list_order": ("beauty",)}, "beauty"),
        ({"id_field": "number"}, "number"),
    ],
)
def test_a_name_that_the_tables_do_not_know_is_told_by_the_check(
    masts: LayerSpec, change: dict[str, Any], told: str
) -> None:
    style = replace(style_of(masts), labels=())
    broken = replace(masts, key="broken", alias="", style=style, **change)
    assert told in " ".join(layer_faults(broken))
    LAYERS.register("broken", broken)
    with pytest.raises(SystemCheckError, match="broken"):
        call_command("check", databases=["default"])


@pytest.mark.parametrize(
    ("style", "told"),
    [
        (Style((), 1), "neither sign nor words"),
        (Style((Sign("", "a", fill="red"),), 1), "red"),
        (Style((Sign("", "a"),), 1), "neither fill nor stroke"),
        (Style((BLACK, BLACK), 1), "same key"),
        (Style((Sign("", "a", (Stroke("#000000"),)),), 1, sign_by="beauty"), "beauty"),
        (Style((BLACK,), 1, same_as={"x": "y"}), "'y'"),
        (Style((BLACK,), 1, labels=(Label("beauty", 9),)), "beauty"),
        (Style((BLACK,), 1, labels=(Label("code", 9, by="beauty"),)), "beauty"),
    ],
)
def test_a_style_at_fault_is_refused_when_it_is_registered(
    masts: LayerSpec, style: Style, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        register_layer(replace(masts, key="broken", style=style))


def test_a_value_that_no_sign_names_is_drawn_with_the_first(masts: LayerSpec) -> None:
    style = style_of(masts)
    assert style.sign_of("D").fill == Grade.D.color
    assert style.sign_of("Z").key == style.sign_of(None).key == ""


def test_lists_show_the_grades_in_the_colours_of_the_map() -> None:
    styles = (ROOT / "sites/css/grade.css").read_text()
    assert all(grade.color in styles for grade in Grade if grade)

"""One word for one thing: catalogues agree, forms speak Vietnamese, exports head their columns."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

from infra.exchange.columns import guess_mapping
from sites.register.importers.targets import TARGETS
from sites.register.selectors.export import columns_for

HALVES = ("infra", "sites", "undergrounding")
# What is written the same in both languages.
SAME = {"Email", "EIRP, W"}
# Django's own field, without a Vietnamese text of its own.
NOT_OURS = {"usable_password"}


def catalogue(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """(context, msgid) → Vietnamese, as `script/messages` writes them: one line each."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        msgid = re.search(r'^msgid "(.+)"$', block, re.M)
        context = re.search(r'^msgctxt "(.*)"$', block, re.M)
        told = re.search(r'^msgstr(?:\[0\])? "(.*)"$', block, re.M)
        if msgid and told:
            yield (context[1] if context else "", msgid[1]), told[1]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_catalogues_that_translate_the_same_text_agree(domain: str) -> None:
    """Django merges them into one: where they differ the first wins, whatever was meant."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for half in HALVES:
        path = Path(settings.BASE_DIR) / half / "locale/vi/LC_MESSAGES" / f"{domain}.po"
        for key, told in catalogue(path):
            found[key][half] = told
    assert len(found) > 20
    clashes = {key: told for key, told in found.items() if len(set(told.values())) > 1}
    assert clashes == {}, "give one of them a context: pgettext_lazy, or translate … context"


@pytest.mark.parametrize("word", ["nhà mạng", "thanh tra"])
def test_a_word_that_the_glossary_replaces_is_nowhere(word: str) -> None:
    for half in HALVES:
        for domain in ("django", "djangojs"):
            path = Path(settings.BASE_DIR) / half / "locale/vi/LC_MESSAGES" / f"{domain}.po"
            wrong = [told for _key, told in catalogue(path) if word in told.casefold()]
            assert wrong == []


def _forms() -> Iterator[type[forms.BaseForm]]:
    for config in apps.get_app_configs():
        if config.name in HALVES:
            import_string(f"{config.name}.urls.urlpatterns")
    waiting = [forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(HALVES):
            yield kind


def test_every_field_of_every_form_is_named_in_vietnamese() -> None:
    wrong = []
    for form in _forms():
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field.widget, forms.HiddenInput) or name in NOT_OURS:
                continue
            with translation.override("vi"):
                told = str(field.label or name)
            with translation.override("en"):
                english = str(field.label or name)
            if told == english and told not in SAME:
                wrong.append(f"{form.__module__}.{form.__name__}.{name}: {told}")
    assert wrong == []


def test_an_export_heads_the_mast_s_own_columns() -> None:
    with translation.override("vi"):
        headings = [str(label) for label, _read in columns_for(is_public=False)]
    assert headings[:3] == ["Mã", "Tên cột", "Xã, phường"]
    assert "Họ tên" not in headings
    assert "Doanh nghiệp viễn thông" in headings
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("is_public", [True, False])
def test_an_import_knows_the_columns_of_an_export(is_public: bool) -> None:
    columns = columns_for(is_public=is_public)
    fields = {
        "Code": "code",
        "Name": "name",
        "Commune or ward": "declared_unit",
        "Latitude (WGS-84)": "lat",
        "Longitude (WGS-84)": "lon",
        "Class": "mast_class",
        "Structure": "structure",
        "Height, m": "height_m",
        "Owner": "owner",
        "Operators": "operator",
        "Operating status": "operating_status",
        "Address": "address",
        "Footing": "footing",
        "Building height, m": "building_height_m",
        "Construction permit": "permit_status",
        "Permit number": "permit_number",
    }
    with translation.override("en"):
        english = [str(label) for label, _read in columns]
    for language in ("vi", "en"):
        with translation.override(language):
            headings = [str(label) for label, _read in columns]
        found = {at: key for key, at in guess_mapping(headings, TARGETS).items()}
        for at, name in enumerate(english):
            assert found.get(at) == fields.get(name), (headings[at], found.get(at))

"""Long lines of templates are broken where the browser shows the same, and only there."""

import re

import pytest

from script.lib.template_width import WIDTH, breakable, broken

LONG = "x" * 70


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("<a href='x' id=y>một hai</a>", {2, 11, 20}),
        ('<a title="một hai">', {2}),
        ("{% translate 'một hai' %} {{ x|default:'a b' }}", {25}),
        ("{% blocktranslate %}một hai{% endblocktranslate %} ba", {50}),
        ("<pre>một hai</pre> ba", {18}),
        ('<a {% if x %}class="a b"{% endif %} id="c">', {2, 35}),
        ("{# một hai #} ba {% comment %}một hai{% endcomment %}", {13, 16}),
    ],
)
def test_only_blanks_between_attributes_and_words_may_end_a_line(
    text: str, places: set[int]
) -> None:
    assert set(breakable(text)) == places


def test_what_is_broken_says_the_same_and_is_broken_once() -> None:
    text = f'  <p class="{LONG}" id="{LONG}">một {LONG} hai</p>\n<i title="{LONG} {LONG}"></i>'
    better = broken(text)
    assert re.sub(r"\s+", " ", better) == re.sub(r"\s+", " ", text)
    assert [len(line) > WIDTH for line in better.split("\n")] == [False] * 4 + [True]
    assert broken(better) == better

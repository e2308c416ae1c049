"""Rows filled into a pattern say what their template would have said."""

from dataclasses import asdict, dataclass
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from django.template import Context, Engine
from django.utils.html import format_html
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hipspine.clinic.web import rows
from hipspine.clinic.web.rows import Row, Slot, filled

TEMPLATE = """{% load i18n %}<a href="{% url 'desk:visit' pk %}">{{ name }}</a> {{ name }} {{ pk }}
%{% if kind.is_over %}{% translate "overbooked" %}: {{ reason }}{% endif %}"""


class Kind(NamedTuple):
    is_over: bool


@dataclass(frozen=True)
class Line(Row):
    template = "line.html"
    kind: Kind
    pk: UUID
    name: str
    reason: object


@pytest.fixture(autouse=True, scope="module")
def one_template():
    made = Engine(libraries={"i18n": "django.templatetags.i18n"}).from_string(TEMPLATE)
    made.asked = 0

    class Backend:
        def render(self, values):
            made.asked += 1
            return made.render(Context(values))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "get_template", lambda name: Backend())
        yield made
    rows.pattern_of.cache_clear()


lines = st.builds(Line, st.builds(Kind, st.booleans()), st.uuids(), st.text(), st.integers())


@given(st.lists(lines, max_size=5), st.sampled_from(["en", "es"]))
def test_as_the_template_itself_row_by_row(one_template, found, language):
    with override(language):
        slowly = "".join(
            one_template.render(Context({name: getattr(row, name) for name in asdict(row)}))
            for row in found
        )
        assert filled(found) == slowly


def test_what_people_typed_is_escaped_and_what_is_safe_already_is_not():
    bold = format_html("<b>{}</b>", "<i>")
    page = filled([Line(Kind(True), uuid4(), "<script>", bold)])
    assert "&lt;script&gt;" in page and "<script>" not in page and "<b>&lt;i&gt;</b>" in page


def test_a_kind_is_rendered_once_a_language_whatever_stands_in_the_rows(one_template):
    rows.pattern_of.cache_clear()
    one_template.asked = 0
    for n in range(50):
        filled([Line(Kind(n % 2 == 0), uuid4(), f"name {n}", n)])
    assert one_template.asked == 2
    with override("es"):
        filled([Line(Kind(True), uuid4(), "x", 0)])
    assert one_template.asked == 3


def test_nothing_of_a_row_is_kept():
    filled([Line(Kind(True), uuid4(), "Ana Invented", "typed")])
    pattern = rows.pattern_of(Line, Kind(True), "en")
    assert pattern.slots == {"pk", "name", "reason"}
    assert "Invented" not in pattern.text and "typed" not in pattern.text


@pytest.mark.parametrize("mistake", [
    "{% if name %}x{% endif %}", '{{ name|default:"x" }}', '{{ name|yesno:"a,b" }}',
])  # fmt: skip
def test_a_slot_decides_nothing(mistake):
    template = Engine().from_string(mistake)
    with pytest.raises(TypeError, match="kind"):
        template.render(Context({"name": Slot("mark")}))

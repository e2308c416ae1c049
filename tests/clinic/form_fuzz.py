"""Strange input for every form of a page: `fuzz(client, urls)`.

A form is found as a browser finds it, in the HTML; nothing is known of the code behind it. Each is
filled many times with what people and scanners type, and posted. The answer may say no in any way
that is clear (an error beside the field, 302, 4xx), never 5xx; what was typed comes back.
"""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from urllib.parse import quote_plus, urljoin

from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CLEAR = {200, 302, 303, 400, 403, 404, 405, 409, 413, 429}
#: Forms whose answer ends what the test looks at.
LEFT_OUT = ("/account/logout/",)
STRANGE = (
    "", " ", "Ana", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "x" * 10_000,
    "مريم العلي", "a\u202eb", "🦴🦵🏽", "e\u0301" * 40, "O'Brien; DROP TABLE chart_patient; --",
    "{{ 7 * 7 }}", "{% load x %}", "%s%n", "../../etc/passwd", "a\x00b", "\x07\x1b[31m", "a\x7fb",
    "\ufeff", "\ud800", "line\nline", "2024-02-29", "2025-02-29", "0001-01-01", "9999-12-31",
    "10000-01-01", "-1", "0", "1e400", "NaN", "Infinity", "9" * 40, "true", "null", "[]", "٣",
    "a@b.example", "a@b\x00.example", "@", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
TYPED = {"text", "search", "email", "tel", "url", "textarea", "number", "date", "time"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Field:
    """One name that a form sends; `choices` where the page offers a few."""

    name: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """What a browser would send: `fields` in the order of the page."""

    action: str
    method: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[dict] = []
        self.open: dict | None = None
        self.text: str | None = None  # name of the textarea being read

    def handle_starttag(self, tag, attrs):
        has = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.open = {"action": has.get("action", ""), "id": has.get("id"), "fields": {}}
            self.open["method"] = has.get("method", "get").lower()
            self.forms.append(self.open)
        form = next((f for f in self.forms if f["id"] and f["id"] == has.get("form")), self.open)
        if form is None:
            return
        name = has.get("name", "")
        if tag == "option" and self.text:
            known = form["fields"][self.text]
            chosen = has.get("value", "") if "selected" in has else known.value
            more = (*known.choices, has.get("value", ""))
            form["fields"][self.text] = replace(known, value=chosen, choices=more)
        if not name or "disabled" in has:
            return
        kind = has.get("type", "text").lower() if tag == "input" else tag
        kind = "button" if kind == "submit" else kind
        if kind in ("radio", "checkbox", "button"):
            known = form["fields"].get(name, Field(name, kind))
            more = (*known.choices, has.get("value", "on"))
            form["fields"][name] = replace(known, choices=more)
        elif tag in ("input", "select", "textarea"):
            form["fields"][name] = Field(name, kind, has.get("value", ""))
            self.text = name if tag in ("select", "textarea") else self.text

    def handle_data(self, data):
        if self.open and self.text and self.open["fields"][self.text].kind == "textarea":
            known = self.open["fields"][self.text]
            self.open["fields"][self.text] = replace(known, value=known.value + data)

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self.text = None
        if tag == "form":
            self.open = None


def forms_of(html: str) -> list[Form]:
    """Every form of the page. Buttons with a name count as choices of that name."""
    reader = _Reader()
    reader.feed(html)
    return [Form(f["action"], f["method"], tuple(f["fields"].values())) for f in reader.forms]


def fills(form: Form):
    """Strategy: {name: values}; mostly one field strange, sometimes all, sometimes sent twice."""
    strange = st.sampled_from(STRANGE) | st.text(max_size=60)
    each = {}
    for field in form.fields:
        usual = st.sampled_from(field.choices) if field.choices else st.just(field.value or "Ana")
        if field.name == "csrfmiddlewaretoken":
            each[field.name] = st.just([field.value])
        else:
            each[field.name] = st.lists(usual | strange, min_size=0, max_size=2) | usual.map(
                lambda one: [one]
            )
    return st.fixed_dictionaries(each)


def body_of(values: dict[str, list[str]]) -> str:
    """As a browser writes it; a lone surrogate goes out as its three bytes."""
    pairs = [(n, v) for n, sent in values.items() for v in sent]
    return "&".join(f"{quote_plus(n)}={quote_plus(v, errors='surrogatepass')}" for n, v in pairs)


def post(client, address: str, values: dict[str, list[str]]):
    """The answer, followed to where it leads; whatever it did is undone."""
    cookies = client.cookies.copy()
    cache.clear()
    try:
        with transaction.atomic():
            answer = client.generic(
                "POST", address, body_of(values), "application/x-www-form-urlencoded"
            )
            first = answer.status_code
            if first in (302, 303) and answer["Location"].startswith("/"):
                answer = client.get(answer["Location"])
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return first, answer


def fuzz(client, urls, *, examples: int = 40) -> int:
    """Every form of these pages; how many there were. A fault is an AssertionError."""
    seen = set()
    for url in urls:
        page = client.get(url)
        if not page.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(page.content.decode()):
            address = urljoin(url, form.action or url).split("#")[0]
            kind = (address, tuple(field.name for field in form.fields))
            if form.method != "post" or address in LEFT_OUT or kind in seen:
                continue
            seen.add(kind)
            _fuzz_one(client, address, form, examples)
    return len(seen)


def _fuzz_one(client, address: str, form: Form, examples: int) -> None:
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(fills(form))
    def one(values):
        first, answer = post(client, address, values)
        assert first in CLEAR and answer.status_code in CLEAR, (address, first, answer.status_code)
        if not answer.get("Content-Type", "").startswith("text/html"):
            return
        page = answer.content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page, "what was typed runs"
        refused = first >= 400 or 'class="error-text"' in page or 'class="notice error"' in page
        pressed = all(
            set(values[f.name]) & set(f.choices) for f in form.fields if f.kind == "button"
        )
        for name, sent in values.items():
            if (
                pressed
                and form.field(name).kind in TYPED
                and sent
                and CONTROL.search(sent[-1].strip())
            ):
                assert refused or "\ud800" in sent[-1], f"{address}: control characters in {name}"
        if refused:
            _nothing_lost(form, values, page, address)

    one()


def _nothing_lost(form: Form, values: dict[str, list[str]], page: str, address: str) -> None:
    """Where the answer says no and shows the form again, it holds what was typed."""
    names = {field.name for field in form.fields}
    again = [f for f in forms_of(page) if names <= {field.name for field in f.fields}]
    for name, sent in values.items():
        typed = form.field(name)
        if not again or typed.kind not in TYPED or not sent or CONTROL.search(sent[-1]):
            continue
        shown = {f.field(name).value.strip().replace("\r\n", "\n") for f in again}
        assert sent[-1].strip().replace("\r\n", "\n") in shown, f"{address}: {name} lost"

"""Every form of accounts and chart, by role, against strange input."""

import pytest

from tests.clinic.form_fuzz import Form, forms_of, fuzz
from tests.clinic.rooms import pages_by_client

pytestmark = pytest.mark.django_db
PAGE = """<form method="post" action="/x/"><input name="a" value="1"><input type="radio" name="r"
value="y"><input type="radio" name="r" value="n"><select name="s"><option value="p"><option
value="q" selected></select><textarea name="t">two
lines</textarea><button name="do" value="it">Do</button></form><form><input name="q"></form>"""


def test_forms_are_read_as_a_browser_reads_them():
    first, second = forms_of(PAGE)
    assert (first.action, first.method, second.method) == ("/x/", "post", "get")
    assert first.field("r").choices == ("y", "n") and first.field("do").choices == ("it",)
    assert first.field("s").choices == ("p", "q") and first.field("s").value == "q"
    assert first.field("t").value == "two\nlines"
    assert isinstance(first, Form) and first.field("nothing") is None


def test_strange_input_in_every_form():
    found = {}
    for client, addresses in pages_by_client().items():
        role = str(client.user.role) if hasattr(client, "user") else "nobody"
        found[role] = fuzz(client, addresses, examples=40)
    assert min(found.values()) >= 1 and sum(found.values()) > 25, found

"""The administrator's browser: opens a form, fills it in as the page showed it, sends it."""

import re
from html import unescape

from django.urls import reverse

FIELD = re.compile(
    r"""<(?:input|select|textarea)\b[^>]*\bname="(?P<name>[^"]+)"[^>]*>"""
    r"""(?:(?P<inside>(?:\s*<option.*?)+)\s*</select>|(?P<text>[^<]*)</textarea>)?""",
    re.DOTALL,
)
CHOSEN = re.compile(r"""<option value="([^"]*)" selected""")


def shown(page: str) -> dict[str, object]:
    """What the fields of the form hold, as a browser would send them back."""
    form = page[page.index('<form method="post" class="form"') :]
    sent: dict[str, object] = {}
    for found in FIELD.finditer(form[: form.index("</form>")]):
        tag, name = found[0].split(">")[0], found["name"]
        value = re.search(r"""\bvalue="([^"]*)\"""", tag)
        if "<select" in tag:
            chosen = CHOSEN.search(found["inside"] or "")
            sent[name] = chosen[1] if chosen else ""
        elif "<textarea" in tag:
            sent[name] = unescape(found["text"] or "").removeprefix("\r\n").removeprefix("\n")
        elif 'type="checkbox"' in tag or 'type="radio"' in tag:
            if " checked" in tag:
                held = value[1] if value else "on"
                sent[name] = [*sent.get(name, []), held] if 'value="' in tag else held
        else:
            sent[name] = unescape(value[1]) if value else ""
    return sent


class Tab:
    """One form in one browser tab: opened once, sent when `send` is called."""

    def __init__(self, client, name: str, *ids: int, query: str = "") -> None:
        self.client = client
        self.address = reverse(f"setup:{name}", args=ids) + query
        page = client.get(self.address)
        assert page.status_code == 200, page.status_code
        self.fields = shown(page.text)

    def send(self, without: tuple[str, ...] = (), **changed):
        """What the page showed, with these fields changed; `without`: boxes not ticked."""
        sent = {k: v for k, v in (self.fields | changed).items() if k not in without}
        return self.client.post(self.address, {k: v for k, v in sent.items() if v is not None})

    def again(self, response, **changed):
        """Press once more on the page that came back."""
        return self.client.post(self.address, shown(response.text) | changed)

    def all_the_same(self, response, **changed):
        """Press "Save all the same", having read which visits lie outside."""
        return self.again(response, accept=read(response), **changed)


def read(response) -> str:
    """The visits that the page lists."""
    return re.search(r'name="accept" value="([^"]*)"', response.text)[1]

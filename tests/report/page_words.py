"""What a reader sees of a page."""

from html.parser import HTMLParser


class _Words(HTMLParser):
    """What a reader sees: no style sheet, no pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "svg", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "svg", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def words_of(html: str) -> str:
    """All words of a page on one line, without style sheet and pictures."""
    parser = _Words()
    parser.feed(html)
    return " ".join(" ".join(parser.words).split())

"""One numbered list of everything that a page cites."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

#: What the rooms write behind a citation whose figure nobody has seen in its source.
_MARKS = (" [figure not checked]", " [not checked]", " [unverified]")
#: Citations longer than this are told by author and year.
LONG_CITATION = 50


@dataclass(frozen=True, slots=True)
class Cited:
    """One place in the list; checked: the figure was seen in the study itself."""

    number: int
    text: str
    checked: bool

    @property
    def mark(self) -> str:
        """7, or 7* where the figure was not checked."""
        return f"{self.number}{'' if self.checked else '*'}"


@dataclass
class References:
    """Numbers citations in the order in which they are first named."""

    _numbers: dict[str, int] = field(default_factory=dict)
    unchecked: bool = False

    def cite(self, citations: Iterable[str], *, checked: bool = True) -> tuple[Cited, ...]:
        """Each study once; blank ones are none. `checked` is overruled by a mark in the text."""
        cited: dict[int, Cited] = {}
        for citation in citations:
            text, seen = without_mark(citation)
            if not text:
                continue
            number = self._numbers.setdefault(text, len(self._numbers) + 1)
            if not (seen and checked):
                self.unchecked = True
            cited.setdefault(number, Cited(number, text, seen and checked))
        return tuple(cited.values())

    @property
    def listed(self) -> tuple[str, ...]:
        """Every study cited so far, by its number."""
        return tuple(self._numbers)


def without_mark(citation: str) -> tuple[str, bool]:
    """The citation itself, and whether its figure was checked."""
    for mark in _MARKS:
        if citation.endswith(mark):
            return citation.removesuffix(mark).strip(), False
    return citation.strip(), True


def short_citation(citation: str) -> str:
    """First author and year of a long citation; the whole one stands in JSON and `evidence`."""
    if len(citation) <= LONG_CITATION:
        return citation
    years = re.findall(r"\b(?:19|20)\d\d\b", citation)
    author = re.match(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)? [A-Z]{1,3}\b", citation)
    if not years or author is None:
        return citation
    mark = " [figure not checked]" if citation.endswith("[figure not checked]") else ""
    return f"{author.group().rsplit(' ', 1)[0]} et al. {years[0]}{mark}"

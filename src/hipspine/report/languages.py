"""What is shown, said in a language: sentences by a catalogue, numbers and dates by custom.

The catalogue is every `locale/<language>.po` and `locale/<language>_<table>.po` together, keyed
by the English template of a Wording or by the whole English sentence.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from hipspine.errors import InvalidInput
from hipspine.wording import Wording

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE = Path(__file__).parent / "locale"
#: Figures, signs and single letters; ids, which are names of fields.
_SAME_IN_ALL = re.compile(r"(?:(?![^\W\d_]{2}).)*|[a-z0-9]+(?:_[a-z0-9]+)+", re.DOTALL)
#: Fields of a Wording that hold studies, or a person's own words.
_NEVER_SAID = ("citation", "courses", "key", "one", "other")
#: A figure that was written before it came here.
_FIGURE = re.compile(r"[+-]?\d+\.\d+(?: ?%)?")
NO_BREAK = "\N{NO-BREAK SPACE}"
#: Digits are parted into threes from here on.
PARTED_FROM = 10_000
_MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def language_of(asked: str) -> Language:
    """The language of that code; raises InvalidInput that says which are spoken."""
    for language in LANGUAGES:
        if asked == language:
            return language
    raise InvalidInput(f"--language {asked!r}: accepted: {' or '.join(LANGUAGES)}")


@cache
def catalogue(language: Language) -> dict[str, str]:
    """English -> that language; English itself needs none. The main file goes before the others."""
    import polib  # noqa: PLC0415  (only where another language is asked for)

    said: dict[str, str] = {}
    if language == "en":
        return said
    for file in [LOCALE / f"{language}.po", *sorted(LOCALE.glob(f"{language}_*.po"))]:
        for entry in polib.pofile(str(file), encoding="utf-8"):
            if entry.translated():
                said.setdefault(entry.msgid, entry.msgstr)
    return said


@dataclass(frozen=True)
class Translator:
    """Says text in `language`; `missing` collects what the catalogue lacks, which stays English."""

    language: Language = "en"
    missing: set[str] = field(default_factory=set, compare=False)

    def __call__(self, text: str) -> str:
        """A sentence, or a Wording with its values said too."""
        if isinstance(text, Wording) and text.values:
            return self._look_up(text.template).format_map(_Spoken(text.values, self))
        return self._look_up(text.template if isinstance(text, Wording) else text)

    def number(self, value: float, decimals: int = 0) -> str:
        """With a decimal comma in Spanish; in threes, by no-break spaces, from 10 000."""
        parted = "," if abs(value) >= PARTED_FROM else ""
        text = f"{round(value, decimals) + 0:{parted}.{decimals}f}"  # + 0: no "-0"
        text = text.replace(",", NO_BREAK)
        return text.replace(".", ",") if self.language == "es" else text

    def shortest(self, value: float) -> str:
        """As few digits as say it, at most four."""
        text = f"{value:.4g}" if abs(value) < PARTED_FROM else self.number(value)
        return text.replace(".", ",") if self.language == "es" else text

    def percent(self, p: float) -> str:
        """A probability for reading: never a certainty that no figure supports."""
        if p >= 0.995:
            return self._sign(">99%")
        if p <= 0.0005:
            return self._sign("<0.1%")
        return self._sign(f"{p:.0%}" if p >= 0.1 else f"{p:.1%}")

    def interval(self, low: float, high: float) -> str:
        """Both ends, such as 14% to 87%."""
        return self(Wording("{low} to {high}", low=self.end(low), high=self.end(high)))

    def end(self, p: float) -> str:
        """One end of an interval in whole percents, never nothing and never certainty."""
        if p <= 0.005:
            return self._sign("<1%")
        return self._sign(">99%" if p >= 0.995 else f"{p:.0%}")

    def small_percent(self, p: float) -> str:
        """Two digits that count, for what is rare: 0.13%."""
        if p >= 0.1:
            return self.percent(p)
        return self._sign(f"{100 * p:.2g}%" if p >= 0.0001 else "0%" if p <= 0 else "<0.01%")

    def date(self, day: datetime.date) -> str:
        """25 Nov 2026 (no order of day and month to be mistaken), in Spanish 25/11/2026."""
        if self.language == "es":
            return f"{day:%d/%m/%Y}"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def month(self, day: datetime.date) -> str:
        """Nov 2026, in Spanish nov 2026."""
        return f"{(_MESES if self.language == 'es' else _MONTHS)[day.month - 1]} {day.year}"

    def _sign(self, text: str) -> str:
        if self.language != "es":
            return text
        return text.replace(".", ",").replace("%", f"{NO_BREAK}%")

    def _look_up(self, text: str) -> str:
        if self.language == "en":
            return str(text)
        said = catalogue(self.language).get(text)
        if said is not None:
            return said
        if not _SAME_IN_ALL.fullmatch(text):
            self.missing.add(str(text))
        return str(text)


ENGLISH = Translator()


class _Spoken(dict[str, Any]):
    """The values of a Wording, each said in the language when it is asked for."""

    def __init__(self, values: dict[str, Any], say: Translator) -> None:
        super().__init__(values)
        self._say = say

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        return value if name in _NEVER_SAID else self._said(value)

    def _said(self, value: Any) -> Any:
        if isinstance(value, datetime.date):
            return self._say.date(value)
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, float) and self._say.language == "es":
            return _Comma(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(str(self._said(item)) for item in value)
        if not isinstance(value, str):
            return value
        figure = self._say.language == "es" and _FIGURE.fullmatch(value)
        return value.replace(".", ",") if figure else self._say(value)


class _Comma(float):
    """A number that is written with a decimal comma."""

    def __format__(self, spec: str) -> str:
        text = float.__format__(self, spec)
        swapped = text.translate(str.maketrans(",.", f"{NO_BREAK},"))
        return swapped.replace("%", f"{NO_BREAK}%")

    def __str__(self) -> str:
        return format(self, "")

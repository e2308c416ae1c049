"""Tables of phrases and what they say: `phrase -> +finding(side)=value, -finding, ~possible`.

`+` present, `-` absent, `~` possible, `?` equivocal, `nothing` not understood, `ignored`
understood without a finding.
"""

from hipspine.findings.words import PhraseReading

_MARKS = {"possible": "~", "equivocal": "?"}


def rows(table: str) -> list[tuple[str, str]]:
    """(phrase, expected) of each line."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    pairs = [line.rpartition("->")[::2] for line in lines]
    return [(phrase.strip(), expected.strip()) for phrase, expected in pairs]


def said(reading: PhraseReading) -> set[str]:
    """A reading in the notation of the tables."""
    if not reading.matched:
        return {"nothing"}
    if not reading.observations:
        return {"ignored"}
    return {
        ("+" if o.present else "-")
        + _MARKS.get(o.certainty, "")
        + o.finding
        + (f"({o.side})" if o.side else "")
        + (f"={o.value:.4g}" if o.value is not None else "")
        for o in reading.observations
    }


def expected(cell: str) -> set[str]:
    """The right-hand side of a row."""
    return {part.strip() for part in cell.split(",")}

"""The published figures on endurance, creep and damage, with their sources."""

from dataclasses import dataclass
from functools import cache

from hipspine.errors import InvalidEvidence
from hipspine.mechanics.body import read_rows


@dataclass(frozen=True, slots=True)
class EnduranceCurve:
    """Seconds a static contraction can be held at a share of the full force.

    kind `power`: coefficient * share^exponent; `rohmert`: Rohmert's polynomial in 1 / share.
    No curve is read below `least_share`, where it was not measured.
    """

    id: str
    region: str
    kind: str
    coefficient_s: float
    exponent: float
    least_share: float
    citation: str
    verified: bool

    def seconds(self, share: float) -> float:
        """At a share of `least_share` or more."""
        if self.kind == "power":
            return float(self.coefficient_s * share**self.exponent)
        return -90.0 + 126.0 / share - 36.0 / share**2 + 6.0 / share**3


@dataclass(frozen=True, slots=True)
class Limit:
    """One published figure in its unit; verified: seen in the source, not remembered."""

    id: str
    value: float
    low: float | None
    high: float | None
    unit: str
    citation: str
    verified: bool


@cache
def endurance_curves() -> tuple[EnduranceCurve, ...]:
    """`data/endurance.csv`."""
    return tuple(
        EnduranceCurve(
            id=row["id"],
            region=row["region"],
            kind=row["kind"],
            coefficient_s=float(row["coefficient_s"] or 0),
            exponent=float(row["exponent"] or 0),
            least_share=float(row["least_share"]),
            citation=row["citation"],
            verified=_yes(row, "endurance"),
        )
        for row in read_rows("endurance.csv")
    )


@cache
def limits() -> dict[str, Limit]:
    """`data/tissue_limits.csv` by id."""
    return {
        row["id"]: Limit(
            id=row["id"],
            value=float(row["value"]),
            low=float(row["low"]) if row["low"] else None,
            high=float(row["high"]) if row["high"] else None,
            unit=row["unit"],
            citation=row["citation"],
            verified=_yes(row, "tissue_limits"),
        )
        for row in read_rows("tissue_limits.csv")
    }


def _yes(row: dict[str, str], table: str) -> bool:
    if row["verified"] not in {"yes", "no"}:
        raise InvalidEvidence(f"{table}.csv, {row['id']}: verified is 'yes' or 'no'")
    return row["verified"] == "yes"

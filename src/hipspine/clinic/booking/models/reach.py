"""How somebody can be written to and called."""

from dataclasses import dataclass

from hipspine.clinic.chart.models import Patient, UnconfirmedPerson


@dataclass(frozen=True)
class Reach:
    """An empty word where there is none."""

    email: str = ""
    phone: str = ""


def reach_of(chart: Patient | None, person: UnconfirmedPerson | None) -> Reach:
    """What stands in the chart; where nothing stands there, what was typed with the visit.

    A chart made at the telephone often has no address: knowing whose a visit is must not cut its
    letters off.
    """
    known = [source for source in (chart, person) if source is not None]
    return Reach(
        next((source.email for source in known if source.email), ""),
        next((source.phone for source in known if source.phone), ""),
    )

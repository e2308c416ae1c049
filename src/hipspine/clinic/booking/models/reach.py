"""Whose something is, and how they can be written to and called."""

from dataclasses import dataclass

from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.chart.telephone import is_same


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


class Somebodys:
    """What belongs to a chart (`patient`), or to someone who typed (`person`), until it is known
    whose chart that is."""

    patient: Patient | None
    person: UnconfirmedPerson | None

    @property
    def chart(self) -> Patient | None:
        """The chart, once it is known whose this is; follows a merge."""
        found = self.patient or (self.person and self.person.patient)
        return found.merged_into if found and found.merged_into_id else found

    @property
    def whose(self) -> Patient | UnconfirmedPerson | None:
        """Whose name stands for it: the chart if known, else what was typed."""
        return self.chart or self.person

    @property
    def reach(self) -> Reach:
        """Where letters and calls go: the chart's, else what was typed."""
        return reach_of(self.chart, self.person)

    @property
    def phones(self) -> list[str]:
        """Numbers to call, that of `reach` first; then what was typed, if it is another."""
        found: list[str] = []
        for source in (self.chart, self.person):
            if source and source.phone and not any(is_same(source.phone, one) for one in found):
                found.append(source.phone)
        return found

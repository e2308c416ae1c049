"""A patient's whole chart as plain data, for the patient."""

from collections.abc import Callable

from hipspine.clinic.chart.models import Patient
from hipspine.clinic.chart.selectors import looks_at

#: Rooms above add their part: name -> what they keep of this patient, JSON-ready.
PARTS: dict[str, Callable[[Patient], list[dict[str, object]]]] = {}
PERSONAL = [
    "given_name",
    "family_name",
    "birth_date",
    "email",
    "phone",
    "gender",
    "address",
    "language",
]


def export_of(patient: Patient) -> dict[str, object]:
    """JSON-ready: personal data, consents, every finding, who looked, and what other rooms keep."""
    return {
        "format": "hipspine chart export 1",
        "patient": {name: _plain(getattr(patient, name)) for name in ["id", *PERSONAL]},
        "consents": [
            {"scope": c.scope, "permitted": c.permitted, "recorded_at": c.recorded_at.isoformat()}
            for c in patient.consents.all()
        ],
        "findings": [
            {
                "finding": f.finding,
                "present": f.present,
                "value": f.value,
                "side": f.side or None,
                "observed_on": f.observed_on.isoformat(),
                "source": f.source,
                "recorded_at": f.recorded_at.isoformat(),
                "corrects": f.corrects_id,
                "withdrawn": f.withdrawn,
                "id": f.pk,
            }
            for f in patient.findings.all()
        ],
        "who_looked": [
            {
                "at": look.event.recorded_at.isoformat(),
                "who": look.who or None,
                "role": look.event.actor_role,
                "what": look.event.action,
            }
            for look in looks_at(patient)
        ],
        **{name: part(patient) for name, part in PARTS.items()},
    }


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str) else str(value)

"""The one place that writes to a chart; every action is atomic and leaves an audit event."""

from hipspine.clinic.chart.actions.consent import record_consent
from hipspine.clinic.chart.actions.current import current_chart
from hipspine.clinic.chart.actions.erasure import decide_erasure, request_erasure
from hipspine.clinic.chart.actions.findings import correct_finding, record_finding
from hipspine.clinic.chart.actions.identity import (
    confirm_as_new,
    confirm_by_code,
    confirm_by_desk,
    correct_arrival,
    link_account,
    note_arrival,
    note_code_sent,
    send_code,
)
from hipspine.clinic.chart.actions.merging import merge_patients, undo_merge
from hipspine.clinic.chart.actions.patients import change_patient, create_patient
from hipspine.clinic.chart.actions.reading import (
    note_arrivals,
    note_export,
    note_reading,
    note_search,
)
from hipspine.clinic.chart.actions.treating import begin_treating, break_glass

__all__ = [
    "begin_treating",
    "break_glass",
    "change_patient",
    "confirm_as_new",
    "confirm_by_code",
    "confirm_by_desk",
    "correct_arrival",
    "correct_finding",
    "create_patient",
    "current_chart",
    "decide_erasure",
    "link_account",
    "merge_patients",
    "note_arrival",
    "note_arrivals",
    "note_code_sent",
    "note_export",
    "note_reading",
    "note_search",
    "record_consent",
    "record_finding",
    "request_erasure",
    "send_code",
    "undo_merge",
]

"""The audit chain: what is written stays, and what was changed is found."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit import triggers
from hipspine.clinic.audit.actions import record
from hipspine.clinic.audit.chain import GENESIS, hash_of, latest_walk, verify
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.audit.tasks import walk_nightly

pytestmark = pytest.mark.django_db


def write(events=3):
    return [
        record("chart.read", actor=None, patient=uuid4(), detail={"n": n}) for n in range(events)
    ]


def without_triggers(statement, *values):
    """What someone with the password of the database could do."""
    with connection.cursor() as cursor:
        for drop in triggers.DROP[connection.vendor]:
            cursor.execute(drop)
        cursor.execute(statement, values)


def test_each_event_carries_the_hash_of_the_one_before():
    first, second, third = write()
    assert first.previous_hash == GENESIS
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert verify().fault is None and verify().events == 3 and verify().head == third.hash


def test_a_chain_read_back_hashes_to_the_same():
    write()
    assert all(event.hash == hash_of(event) for event in AuditEvent.objects.all())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET action = 'nothing' WHERE sequence = 2",
        "DELETE FROM audit_auditevent WHERE sequence = 2",
    ],
)
def test_the_database_refuses_to_change_an_event(statement):
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert verify().fault is None


def test_postgres_refuses_truncate_too():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("TRUNCATE audit_auditevent")


@pytest.mark.parametrize("column", ["action", "actor_role", "target"])
def test_an_altered_event_is_found_though_the_triggers_were_dropped(column):
    write()
    without_triggers(f"UPDATE audit_auditevent SET {column} = 'other' WHERE sequence = 2")
    assert verify().fault == "event 2 was altered"


def test_a_rehashed_event_breaks_the_next_one():
    events = write()
    events[1].action = "nothing"
    without_triggers(
        "UPDATE audit_auditevent SET action = 'nothing', hash = %s WHERE sequence = 2",
        hash_of(events[1]),
    )
    assert verify().fault == "event 3 was altered"


def test_a_removed_event_is_found():
    write()
    without_triggers("DELETE FROM audit_auditevent WHERE sequence = 2")
    assert verify().fault == "event 2 is missing"


def test_events_cut_off_the_end_are_found_by_a_head_noted_earlier():
    head = write()[-1].hash
    assert verify(head).fault is None
    without_triggers("DELETE FROM audit_auditevent WHERE sequence = 3")
    assert verify().fault is None  # a shorter chain is still a chain
    assert verify(head).fault == "events after the known head were cut off"


def test_an_event_and_its_cause_happen_together_or_not_at_all():
    with pytest.raises(RuntimeError), transaction.atomic():
        record("chart.read", actor=None)
        raise RuntimeError
    assert verify().events == 0


def test_the_auditor_reads_what_the_latest_walk_found(signed_in):
    write()
    auditor, address = signed_in(Role.AUDITOR), "/me/events/verification/"
    before = AuditEvent.objects.count()
    assert "Not verified yet." in auditor.get(address).content.decode()
    assert AuditEvent.objects.count() == before  # looking walks nothing
    shown = auditor.post(address, follow=True).content.decode()
    assert "The chain is whole" in shown and f"{before} events" in shown
    walked = latest_walk()
    assert (walked.actor, walked.actor_role) == (auditor.user.pseudonym, Role.AUDITOR)
    assert walked.detail["head"] == walked.previous_hash and verify().fault is None


def test_the_auditor_reads_which_event_was_altered(signed_in):
    write()
    auditor, address = signed_in(Role.AUDITOR), "/me/events/verification/"
    without_triggers("UPDATE audit_auditevent SET action = 'nothing' WHERE sequence = 2")
    shown = auditor.post(address, follow=True).content.decode()
    assert "The chain is broken" in shown and "event 2 was altered" in shown


def test_the_nightly_walk_is_written_down():
    write()
    walk_nightly.call_local()
    assert latest_walk().detail["events"] == 3 and latest_walk().actor is None

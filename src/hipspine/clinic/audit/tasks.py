"""Walking the chain takes longer the longer it gets: it is done beside the web server."""

from dataclasses import dataclass
from uuid import UUID

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.chain import verify
from hipspine.clinic.audit.models import WALKED


@dataclass(frozen=True)
class Asker:
    """Who asked, as far as the chain knows them; a task cannot carry a user."""

    pseudonym: UUID
    role: str


@db_task()
def walk(asker: Asker | None) -> None:
    """Verify every event and write down, in the chain itself, what was found."""
    found = verify()
    detail = {"events": found.events, "head": found.head, "fault": found.fault}
    record(WALKED, actor=asker, detail=detail)


@db_periodic_task(crontab(hour="2", minute="30"))
def walk_nightly() -> None:
    """Nobody has to remember to ask."""
    walk.call_local(None)


def ask_for_walk(*, by: Actor) -> None:
    """At once where no consumer runs, else soon."""
    walk(Asker(by.pseudonym, by.role))

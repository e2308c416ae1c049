"""Actions that want the same rows in another order end well: none is a deadlock, none is lost.

On a private PostgreSQL: SQLite has one writer at a time, there nothing can collide.
"""
# ruff: noqa: F401, F811  (the server is the fixture of the race)

import json
import os
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from hipspine.clinic.audit.whole import MOST_TRIES, whole
from tests.clinic.booking.test_race import (
    environment,
    on_postgres,
    on_sqlite,
    postgres,
    python,
)
from tests.clinic.own_databases import makes_its_own_databases

COLLIDE = """
import django, json; django.setup()
from tests.clinic.booking import colliding
print(json.dumps(colliding.main()))
"""


@pytest.mark.slow
@makes_its_own_databases
@pytest.mark.parametrize(
    "environment", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_actions_that_meet_at_the_worst_moment(environment):
    ended = json.loads(python(environment, COLLIDE).splitlines()[-1])
    assert ended["erasure and booking"] == ["done", "done"]
    assert ended["merge and accept"] == ["done", "done"]
    assert ended["join and join"] == ["done", "done"]
    assert ended["desk and code"] in (["done", "done"], ["done", "refused"])
    assert ended["charts of flo"] in (1, 2)  # one was there: the code finds it, or the desk opens
    assert ended["two at the limit"] == ["done", "refused"] and ended["visits of hal"] == 5
    assert 1 <= ended["letters at once"] <= 3  # a minute
    # The booking stands, or its hold was gone before: never one that was said and then vanishes.
    assert ended["forgetting and confirming"] in (["done", "done"], ["done", "refused"])
    stands = ended["forgetting and confirming"] == ["done", "done"]
    assert ended["what was confirmed is"] == (["booked"] if stands else [])


def colliding(times, sqlstate):
    """An action that the database undoes so many times, and how often it was begun."""
    begun = SimpleNamespace(times=0)

    @whole
    def action():
        begun.times += 1
        if begun.times <= times:
            raise OperationalError from SimpleError(sqlstate)
        return "done"

    return action, begun


class SimpleError(Exception):
    """What the driver raises, as far as we look at it."""

    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
def test_a_collision_is_tried_again(sqlstate):
    action, begun = colliding(MOST_TRIES - 1, sqlstate)
    assert action() == "done" and begun.times == MOST_TRIES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("times", "sqlstate", "begun_"), [(9, "40P01", MOST_TRIES), (1, "53300", 1)]
)
def test_not_for_ever_and_not_for_any_other_reason(times, sqlstate, begun_):
    action, begun = colliding(times, sqlstate)
    with pytest.raises(OperationalError):
        action()
    assert begun.times == begun_


@pytest.mark.django_db
def test_within_another_transaction_only_the_outermost_tries_again():
    action, begun = colliding(1, "40P01")
    with pytest.raises(OperationalError):
        action()
    assert begun.times == 1

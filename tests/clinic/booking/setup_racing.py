"""Processes that set up a clinic while others book in it: what the race of the set-up starts.

python -m tests.clinic.booking.setup_racing PROCESSES  (in the environment of a migrated clinic)
"""

import random
import sys
from collections import Counter
from datetime import time

from tests.clinic.booking.racing import _monday, forked, race, wait_for_go

PROCESSES, STEPS = 8, 25


def set_up(number: int) -> Counter:
    """Hours, holidays, capacity and the telephone number at random; how each step ended."""
    from hipspine.clinic.accounts.models import User
    from hipspine.clinic.booking.actions import setup
    from hipspine.clinic.booking.models import Holiday, Resource, VisitType, WeeklyHours
    from hipspine.errors import InvalidInput

    admin = User.objects.get(email="desk@race.example")
    haddad = Resource.objects.get(slug="haddad")
    room = Resource.objects.get(slug="room-1")
    chance, ended = random.Random(number), Counter()
    day = _monday(VisitType.objects.get(slug="race"))
    every = setup.Accepted(visits_outside=None)

    def add_hours():
        opens = chance.randrange(17, 23)
        row = WeeklyHours(resource=haddad, weekday=5, opens=time(opens), closes=time(opens, 55))
        setup.save(row, {}, by=admin)

    def change_hours():
        row = chance.choice(list(haddad.weekly_hours.filter(weekday=5)))
        opens = chance.randrange(17, 23)
        values = {"opens": time(opens, 30), "closes": time(opens + 1, 25)}
        setup.save(row, values, by=admin, accepted=every)

    def remove_hours():
        row = chance.choice(list(haddad.weekly_hours.filter(weekday=5)))
        setup.remove(row, by=admin, accepted=every)

    def holiday():
        row = Holiday(location=haddad.location, day=day, name="race")
        setup.remove(setup.save(row, {}, by=admin, accepted=every), by=admin)

    def capacity():
        setup.save(room, {"about": str(chance.random())}, by=admin)

    def telephone():
        setup.save(haddad.location, {"phone": f"+1 555 010 {chance.randrange(9999):04}"}, by=admin)

    steps = (add_hours, change_hours, remove_hours, holiday, capacity, telephone)
    wait_for_go()
    for _ in range(STEPS):
        step = chance.choice(steps)
        try:
            step()
            ended[step.__name__] += 1
        except (InvalidInput, IndexError):  # IndexError: nothing there to choose
            ended["refused"] += 1
        except Exception as error:  # anything else is what the race must not show
            ended[f"{type(error).__name__}: {error}"] += 1
    return ended


def overlapping_hours() -> int:
    """Pairs of weekly hours of one resource and weekday that share a minute; looks at each pair."""
    from hipspine.clinic.booking.models import WeeklyHours

    rows = list(WeeklyHours.objects.all())
    return sum(
        a.resource_id == b.resource_id and a.weekday == b.weekday
        and a.opens < b.closes and b.opens < a.closes
        for n, a in enumerate(rows) for b in rows[n + 1 :]
    )  # fmt: skip


def main() -> None:
    import django

    django.setup()
    sys.exit(forked(lambda number: (set_up if number % 2 else race)(number), int(sys.argv[1])))


if __name__ == "__main__":
    main()

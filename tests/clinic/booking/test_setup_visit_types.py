"""Set-up of kinds of visit: their fields, what they take, and why one cannot be booked."""
# ruff: noqa: F401, F811  (the administrator is the fixture of the other tests)

import pytest
from django.urls import reverse
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.bookable import next_free, why_not
from hipspine.clinic.booking.models import Need, VisitType, WeeklyHours
from tests.clinic.booking.clinic_for_tests import make_clinic
from tests.clinic.booking.setup_for_tests import Tab
from tests.clinic.booking.test_setup_places import admin, wrong

pytestmark = pytest.mark.django_db


def test_a_new_kind_of_visit_says_what_is_missing_until_it_can_be_booked(admin, clinic):
    response = Tab(admin, "add_visit_type", clinic.location.pk).send(name="Telephone", minutes="15")
    row = VisitType.objects.get(slug="telephone")
    address = reverse("setup:visit_type", args=[row.pk])
    assert response["Location"] == address and (row.minutes, row.is_online) == (15, True)
    assert "It needs nobody and nothing yet" in admin.get(address).text
    done = Tab(admin, "add_need", row.pk).send(any_of=[clinic.haddad.pk, clinic.osei.pk])
    assert done.status_code == 302
    page = admin.get(address).text
    assert "It needs nobody" not in page and "09:00" in page and "Dr Ama Osei" in page
    assert {r.pk for r in row.needs.get().any_of.all()} == {clinic.haddad.pk, clinic.osei.pk}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", "7"), ("minutes", "0"), ("minutes", "485"), ("minutes", ""), ("minutes", "x"),
        ("minutes", "9" * 50), ("grid_minutes", "7"), ("grid_minutes", "0"),
        ("grid_minutes", "245"), ("notice_minutes", "-1"), ("notice_minutes", "129601"),
        ("horizon_days", "401"), ("horizon_days", "-1"), ("position", "-1"), ("position", "9" * 9),
        ("slug", "waiting"), ("slug", "injection"), ("name", ""), ("name_es", "a" * 101),
        ("about", "a" * 2001), ("about", "\x07"),
    ],
)  # fmt: skip
def test_what_is_no_kind_of_visit(admin, clinic, field, value):
    tab = Tab(admin, "change_visit_type", clinic.follow_up.pk)
    assert wrong(tab.send(**{field: value}), field)
    assert VisitType.objects.get(pk=clinic.follow_up.pk).minutes == 20


def test_lines_in_a_text_stay_and_unticked_boxes_are_off(admin, clinic):
    tab = Tab(admin, "change_visit_type", clinic.follow_up.pk)
    sent = tab.send(about="one\r\ntwo", without=("is_online",))
    assert sent.status_code == 302
    row = VisitType.objects.get(pk=clinic.follow_up.pk)
    assert (row.about, row.is_online) == ("one\r\ntwo", False)
    page = admin.get(reverse("setup:visit_type", args=[row.pk])).text
    assert "only the desk books it" in page and "Next free times at the desk" in page


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ((), "Tick one or more"),
        (("haddad", "room"), "another"),  # a clinician or a room: two needs
        (("haddad",), "names the clinicians"),
        (("room", "other_room"), "is the same"),
        (("elsewhere",), "valid choice"),
        (("nobody",), "valid"),
    ],
)
def test_a_need_that_cannot_be(admin, clinic, chosen, says):
    known = {
        "haddad": clinic.haddad.pk, "room": clinic.rooms[0].pk, "other_room": clinic.rooms[1].pk,
        "elsewhere": make_clinic(slug="hill").haddad.pk, "nobody": "x",
    }  # fmt: skip
    tab = Tab(admin, "add_need", clinic.follow_up.pk)
    response = tab.send(any_of=[known[name] for name in chosen])
    assert wrong(response, "any_of") and says in response.text
    assert clinic.follow_up.needs.count() == 2


def test_a_need_is_changed_and_taken_away(admin, clinic):
    need = clinic.injection.needs.get(any_of=clinic.fluoroscope)
    ids = (clinic.injection.pk, need.pk)
    tab = Tab(admin, "change_need", *ids)
    assert tab.fields["any_of"] == [str(clinic.fluoroscope.pk)]
    assert tab.send(any_of=[clinic.rooms[0].pk]).status_code == 302
    assert need.any_of.get() == clinic.rooms[0]
    address = reverse("setup:remove_need", args=ids)
    assert "Room 1" in admin.get(address).text
    assert admin.post(address).status_code == 302
    assert clinic.injection.needs.count() == 2


def test_of_two_tabs_the_later_need_is_told(admin, clinic):
    need = clinic.injection.needs.get(any_of=clinic.fluoroscope)
    one, two = (Tab(admin, "change_need", clinic.injection.pk, need.pk) for _ in range(2))
    one.send(any_of=[clinic.fluoroscope.pk, clinic.rooms[0].pk])
    told = two.send(any_of=[clinic.rooms[0].pk])
    assert told.status_code == 409 and "Fluoroscope, Room 1" in told.text.replace(
        "Room 1, Fluoroscope", "Fluoroscope, Room 1"
    )
    assert two.again(told).status_code == 302
    assert need.any_of.get() == clinic.rooms[0]


def test_what_was_booked_keeps_its_kind_which_is_put_out_of_use(admin, clinic, booked):
    visit = booked()
    address = reverse("setup:remove_visit_type", args=[clinic.follow_up.pk])
    assert admin.post(address, {"what": "remove"}).status_code == 409
    assert admin.post(address, {"what": "retire"}).status_code == 302
    visit.refresh_from_db()
    assert visit.status == "booked" and not VisitType.objects.get(slug="follow-up").is_active
    address = reverse("setup:remove_visit_type", args=[clinic.injection.pk])
    assert admin.post(address, {"what": "remove"}).status_code == 302
    assert not VisitType.objects.filter(slug="injection").exists()


def _retire(clinic):
    for room in clinic.rooms:
        room.is_active = False
        room.save()


def _same_room_twice(clinic):
    for room in clinic.rooms[:1] * 2:
        Need.objects.create(visit_type=clinic.follow_up).any_of.set([room])


def _no_clinician(clinic):
    clinic.follow_up.needs.filter(any_of=clinic.haddad).delete()


REASONS = {
    "not open for booking": lambda c: setattr(c.follow_up.location, "is_active", False),
    "no longer in use": lambda c: setattr(c.follow_up, "is_active", False),
    "not offered online": lambda c: setattr(c.follow_up, "is_online", False),
    "needs nobody": lambda c: c.follow_up.needs.all().delete(),
    "is empty": _retire,
    "always goes without": _same_room_twice,
    "keeps weekly hours": lambda c: WeeklyHours.objects.all().delete(),
    "day and night": _no_clinician,
    "as long as the days": lambda c: setattr(c.follow_up, "notice_minutes", 91 * 24 * 60),
    "No time is free": lambda c: setattr(c.follow_up, "minutes", 300),
}


def test_a_kind_that_can_be_booked_has_no_reason_against_it(clinic):
    free = next_free(clinic.follow_up)
    assert len(free) == 8 and why_not(clinic.follow_up, free) == []
    assert free[0].starts_at > timezone.now()


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_against_booking_is_one_sentence(clinic, reason):
    REASONS[reason](clinic)
    (sentence,) = why_not(clinic.follow_up, next_free(clinic.follow_up))
    assert reason in sentence


def test_a_need_of_another_kind_is_not_found(admin, clinic):
    need = clinic.first_visit.needs.first()
    for name in ("change_need", "remove_need"):
        address = reverse(f"setup:{name}", args=[clinic.follow_up.pk, need.pk])
        assert admin.get(address).status_code == admin.post(address).status_code == 404


def test_the_page_of_a_kind_of_visit_is_few_queries(admin, clinic, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        admin.get(reverse("setup:visit_type", args=[clinic.injection.pk]))

"""From a free time to a booking without an account: races, two tabs, back button, late typing."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.actions import Holder
from hipspine.clinic.booking.links import appointment_of, token_of
from hipspine.clinic.booking.models import Appointment, BookingTick, Resource
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.views.public.choosing import _take
from hipspine.clinic.booking.views.public.visitor import origin_of
from hipspine.clinic.chart.actions import create_patient, link_account
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from tests.clinic.booking.clinic_for_tests import the_time_is

pytestmark = pytest.mark.django_db
WEEK = "/book/river/follow-up/"
ANA = {
    "given_name": "Ana", "family_name": "Invented", "birth_date": "1980-02-29",
    "email": "ana@invented.example", "phone": "", "comment": "my left hip",
}  # fmt: skip


class Visitor(Client):
    """A browser that presses buttons."""

    def choose(self, instant, who="", key=None):
        """POST of a time; the answer."""
        value = f"{instant:%Y-%m-%dT%H:%M}Z/{who}"
        return self.post(WEEK, {"start": value, "key": key or uuid4()})

    def hold(self, instant, who="", key=None):
        """The address of the form behind it."""
        answer = self.choose(instant, who, key)
        assert answer.status_code == 302, answer.status_code
        return answer["Location"]


@pytest.fixture
def visitor():
    return Visitor()


def expire(address):
    late = timezone.now() - timedelta(seconds=1)
    Appointment.objects.filter(pk=held_id(address)).update(expires_at=late)


def held_id(address):
    return address.rstrip("/").split("/")[-1]


def booked_at(answer):
    """The appointment behind the link one is sent to."""
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return appointment_of(answer["Location"].split("/")[3])


def buttons(page):
    """What the three buttons, or the three radios, of a lost race send."""
    return page.context["said"].alternatives if "said" in page.context else page.context["near"]


def test_a_time_is_held_and_then_booked(clinic, visitor):
    form = visitor.hold(clinic.at(9), "haddad")
    page = visitor.get(form).content.decode()
    for told in ("9:00 AM", "until 9:20 AM", "Dr Noor Haddad", "1 River Street", "America/Chicago"):
        assert told in page
    assert 'name="reminders"' in page and "checked" not in page
    for field, purpose in (("given_name", "given-name"), ("birth_date", "bday"), ("phone", "tel")):
        assert f'autocomplete="{purpose}"' in page, field
    visit = booked_at(visitor.post(form, ANA))
    assert (visit.status, visit.channel) == (Status.BOOKED, Channel.ONLINE)
    assert visit.starts_at == clinic.at(9) and visit.practitioner == clinic.haddad
    assert visit.person.full_name == "Ana Invented" and visit.comment == "my left hip"
    assert not visit.reminders and Patient.objects.count() == 0


def test_the_loser_of_a_race_sees_the_three_nearest_times(clinic, visitor):
    Visitor().hold(clinic.at(9), "haddad")
    answer = visitor.choose(clinic.at(9), "haddad")
    assert answer.status_code == 409 and b"has just taken this time" in answer.content
    near = buttons(answer)
    assert [slot.clock for slot in near] == ["9:20 AM", "9:40 AM", "10:00 AM"]
    again = visitor.post(WEEK, {"start": near[0].value, "key": uuid4()})
    assert Appointment.objects.get(pk=held_id(again["Location"])).starts_at == clinic.at(9, 20)


def test_the_same_button_twice_is_one_hold_and_another_button_lets_the_first_go(clinic, visitor):
    key = uuid4()
    first = visitor.hold(clinic.at(9), key=key)
    assert visitor.hold(clinic.at(9), key=key) == first
    second = visitor.hold(clinic.at(10), key=key)  # the back button, and another choice
    assert second != first and BookingTick.objects.filter(appointment=held_id(first)).count() == 0
    # the first again: held anew, although its first hold was let go
    third = visitor.hold(clinic.at(9), key=key)
    assert Appointment.objects.get(pk=held_id(third)).ticks.count() == 8


def test_two_tabs_are_two_holds(clinic, visitor):
    first, second = visitor.hold(clinic.at(9)), visitor.hold(clinic.at(10))
    assert booked_at(visitor.post(first, ANA)).starts_at == clinic.at(9)
    assert booked_at(visitor.post(second, ANA)).starts_at == clinic.at(10)


def test_a_second_submit_leads_to_the_first_booking(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    first = visitor.post(form, ANA)
    again = visitor.post(form, ANA | {"given_name": "Other"})
    back = visitor.get(form)
    assert first["Location"] == again["Location"] == back["Location"]
    assert UnconfirmedPerson.objects.count() == 1


def test_nobody_else_sees_the_form_of_a_hold(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    for asked in (Client().get(form), Client().post(form, ANA), Client().post(f"{form}release/")):
        assert asked.status_code == 404 and b"tel:" in asked.content
    assert Appointment.objects.get().status == Status.PENDING


def test_a_session_keeps_as_many_forms_as_one_may_hold(clinic, visitor):
    over = [visitor.hold(clinic.at(9 + n // 3, 20 * (n % 3))) for n in range(5)]
    for form in over:
        expire(form)  # who types longer loses nothing
    forms = [visitor.hold(clinic.at(13 + n // 3, 20 * (n % 3))) for n in range(5)]
    assert all(visitor.get(form).status_code == 200 for form in over + forms)
    answer = visitor.choose(clinic.at(16))
    assert answer.status_code == 429 and "You hold as many times" in answer.text
    visitor.post(f"{forms[0]}release/")
    assert visitor.choose(clinic.at(16)).status_code == 302


def test_another_choice_on_the_same_page_is_no_further_hold(clinic, visitor):
    for n in range(4):
        visitor.hold(clinic.at(9 + n // 3, 20 * (n % 3)))
    key = uuid4()
    for n in range(4):
        visitor.hold(clinic.at(13 + n // 3, 20 * (n % 3)), key=key)


def test_ones_own_hold_is_nobody_elses(clinic, visitor):
    """Another window, or a double press on a page whose hold is over, leads to the same form."""
    Resource.objects.filter(pk=clinic.osei.pk).update(is_active=False)
    key = uuid4()
    form = visitor.hold(clinic.at(9), key=key)
    assert visitor.hold(clinic.at(9)) == form
    expire(form)
    again = visitor.hold(clinic.at(9), key=key)
    assert again != form and visitor.hold(clinic.at(9), key=key) == again


def test_another_press_from_a_page_whose_hold_is_over_is_one_hold(clinic):
    """Two presses at once: neither knows of the other's session."""
    wanted, form_key = clinic.wanted(9), uuid4()
    expire(str(_take(wanted, form_key, Holder()).pk))
    assert _take(wanted, form_key, Holder()) == _take(wanted, form_key, Holder())


def test_the_key_of_one_page_is_not_that_of_another_visit(clinic, visitor):
    key = uuid4()
    visitor.hold(clinic.at(9), key=key)
    value = f"{clinic.at(9):%Y-%m-%dT%H:%M}Z/"
    answer = visitor.post("/book/river/first-visit/", {"start": value, "key": key})
    assert Appointment.objects.get(pk=held_id(answer["Location"])).visit_type == clinic.first_visit


def test_the_week_leads_back_to_what_one_holds(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    assert form in visitor.get(WEEK).content.decode()
    assert form not in Client().get(WEEK).content.decode()


def test_a_hold_that_expired_is_taken_again_without_a_word(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    expire(form)
    assert "The ten minutes are over" in visitor.get(form).content.decode()
    assert booked_at(visitor.post(form, ANA)).starts_at == clinic.at(9)


def test_who_asked_for_anyone_gets_anyone_who_is_left(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    first = Appointment.objects.get().practitioner
    expire(form)
    Visitor().hold(clinic.at(9), first.slug)
    assert booked_at(visitor.post(form, ANA)).practitioner not in (None, first)


def test_late_typing_loses_nothing_and_one_press_books_another_time(clinic, visitor):
    form = visitor.hold(clinic.at(9), "haddad")
    expire(form)
    Visitor().hold(clinic.at(9), "haddad")
    answer = visitor.post(form, ANA)
    page = answer.content.decode()
    assert answer.status_code == 409 and "taken while you were typing" in page
    for typed in ("Ana", "Invented", "1980-02-29", "ana@invented.example", "my left hip"):
        assert typed in page
    near = buttons(answer)
    assert [slot.clock for slot in near] == ["9:20 AM", "9:40 AM", "10:00 AM"]
    visit = booked_at(visitor.post(form, ANA | {"instead": near[1].value}))
    assert visit.starts_at == clinic.at(9, 40) and visit.practitioner == clinic.haddad


def test_the_other_time_may_be_gone_too_and_a_mistake_keeps_the_choice(clinic, visitor):
    form = visitor.hold(clinic.at(9), "haddad")
    expire(form)
    Visitor().hold(clinic.at(9), "haddad")
    near = buttons(visitor.post(form, ANA))
    wrong = visitor.post(form, ANA | {"email": "no", "instead": near[1].value})
    assert wrong.context["chosen"] == near[1].value and 'id="id_email_error"' in str(wrong.content)
    Visitor().hold(clinic.at(9, 40), "haddad")
    answer = visitor.post(form, ANA | {"instead": near[1].value})
    assert answer.status_code == 409 and near[1].value not in {s.value for s in buttons(answer)}


def test_letting_go_makes_room(clinic, visitor):
    form = visitor.hold(clinic.at(9), "haddad")
    answer = visitor.post(f"{form}release/", follow=True)
    assert "The time is free again" in answer.content.decode()
    assert Visitor().hold(clinic.at(9), "haddad")


def test_letting_go_after_booking_changes_nothing(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    visit = booked_at(visitor.post(form, ANA))
    visitor.post(f"{form}release/")
    visit.refresh_from_db()
    assert visit.status == Status.BOOKED and visit.ticks.count() == 8


def from_address(clinic, address, n):
    """The n-th time of the week, chosen in a browser of its own; two are free at each."""
    day = clinic.monday + timedelta(days=n // 18)
    value = f"{clinic.at(9 + n % 18 // 6, n % 6 // 2 * 20, day):%Y-%m-%dT%H:%M}Z/"
    return Client(REMOTE_ADDR=address).post(WEEK, {"start": value, "key": uuid4()})


def test_behind_one_address_thirty_people_choose_at_once_and_a_flood_ends_there(clinic):
    """A hospital's Wi-Fi: each has a browser, all have one address."""
    hospital = [from_address(clinic, "192.0.2.7", n).status_code for n in range(30)]
    assert hospital == [302] * 30
    answer = from_address(clinic, "192.0.2.7", 30)
    assert answer.status_code == 429 and b"tel:" in answer.content
    assert "Many times are held from your connection" in answer.text
    assert from_address(clinic, "192.0.2.8", 30).status_code == 302


def test_sixty_holds_an_hour_from_one_address(clinic):
    """They are let go at once: a flood that holds, lets go and holds again ends too."""
    ended = []
    for n in range(61):
        answer = from_address(clinic, "192.0.2.7", n % 18)
        ended.append(answer.status_code)
        Appointment.objects.filter(status=Status.PENDING).update(expires_at=timezone.now())
    assert ended == [302] * 60 + [429] and "chosen from your connection" in answer.text
    later = timezone.now() + timedelta(hours=1)
    with the_time_is(later):
        assert from_address(clinic, "192.0.2.7", 1).status_code == 302


def test_too_many_holds_in_spanish(clinic):
    visitor = Visitor(headers={"accept-language": "es"})
    for n in range(5):
        visitor.hold(clinic.at(9 + n // 3, 20 * (n % 3)))
    assert "Ya retiene tantas horas" in visitor.choose(clinic.at(16)).text


def test_the_origin_names_nobody_and_an_ipv6_network_is_one_visitor(rf):
    def origin(address):
        return origin_of(rf.get("/", REMOTE_ADDR=address))

    known = hashlib.sha256(b"192.0.2.7").hexdigest()  # what a list of all addresses would give
    assert len(origin("192.0.2.7")) == 64 and origin("192.0.2.7") != known
    assert origin("2001:db8::1") == origin("2001:db8::ffff") != origin("2001:db8:1::1")
    assert origin("::ffff:192.0.2.7") == origin("192.0.2.7") != origin("::ffff:192.0.2.8")
    assert origin("") == origin("unknown") == ""


def test_behind_a_proxy_each_visitor_is_counted_apart(rf, settings):
    def origin(forwarded, direct="10.0.0.1"):
        return origin_of(rf.get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR=forwarded))

    assert origin("192.0.2.7") == origin("192.0.2.8")  # no proxy of ours: anyone may write it
    settings.BEHIND_PROXY = True
    assert origin("192.0.2.7") != origin("192.0.2.8")
    assert origin("198.51.100.1, 192.0.2.7") == origin("192.0.2.7")  # made up on the left
    assert (
        origin("")
        == origin("nonsense")
        == origin("x, ")
        == origin_of(rf.get("/", REMOTE_ADDR="10.0.0.1"))
    )


@pytest.mark.parametrize("start", ["", "9:00", "2026-01-01T09:00Z/nobody", "\x00", "9" * 5000])
def test_what_is_no_button_of_ours_is_answered(clinic, visitor, start):
    answer = visitor.post(WEEK, {"start": start, "key": "x"})
    assert answer.status_code == 400 and b"choose one of the times" in answer.content


def test_a_time_that_is_over_or_not_offered_is_a_lost_race(clinic, visitor):
    for instant in (timezone.now() - timedelta(days=40), clinic.at(3), clinic.at(9, 7)):
        assert visitor.choose(instant).status_code == 409
    assert not Appointment.objects.exists()


def test_an_email_address_or_a_telephone_number_is_needed(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    answer = visitor.post(form, ANA | {"email": ""})
    assert answer.status_code == 200 and b"so we can reach you" in answer.content
    answer = visitor.post(form, ANA | {"email": "", "phone": "+1 555 010 0199", "reminders": "on"})
    assert b"For reminders we need your e-mail" in answer.content
    visit = booked_at(visitor.post(form, ANA | {"email": "", "phone": "+1 555 010 0199"}))
    assert visit.person.phone == "+1 555 010 0199" and visit.letter == ""


def test_a_patient_who_is_signed_in_books_onto_the_own_chart(clinic, make_user):
    visitor, chart = signed_in_patient(make_user)
    form = visitor.hold(clinic.at(9))
    page = visitor.get(form).content.decode()
    assert "This visit is for Bea Invented" in page and 'name="given_name"' not in page
    visit = booked_at(visitor.post(form, {"comment": "again"}))
    assert visit.patient == chart and visit.person is None
    home = visitor.get("/").content.decode()
    assert f"/book/mine/{token_of(visit)}/move/" in home and "Dr " in home


def test_without_an_address_in_the_chart_no_reminder_is_promised(clinic, make_user):
    visitor, chart = signed_in_patient(make_user)
    form = visitor.hold(clinic.at(9))
    assert 'name="reminders"' in visitor.get(form).content.decode()
    Patient.objects.filter(pk=chart.pk).update(email="")
    assert 'name="reminders"' not in visitor.get(form).content.decode()
    assert not booked_at(visitor.post(form, {"reminders": "on"})).reminders


def test_own_visits_take_few_queries(clinic, make_user, django_assert_max_num_queries):
    visitor, _chart = signed_in_patient(make_user)
    for hour in (9, 10, 11):
        booked_at(visitor.post(visitor.hold(clinic.at(hour)), {"comment": ""}))
    with django_assert_max_num_queries(12):
        page = visitor.get("/").content.decode()
    assert page.count("/move/") == 3


def test_a_signed_in_patient_books_for_somebody_else(clinic, make_user):
    visitor, _chart = signed_in_patient(make_user)
    form = visitor.hold(clinic.at(9))
    visit = booked_at(visitor.post(f"{form}?for=other", ANA))
    assert visit.patient is None and visit.person.given_name == "Ana"


def signed_in_patient(make_user):
    user = make_user(Role.PATIENT)
    chart = create_patient(
        by=user, given_name="Bea", family_name="Invented", birth_date=timezone.now().date(),
        email="bea@invented.example",
    )  # fmt: skip
    link_account(chart, user, by=user)
    visitor = Visitor()
    visitor.force_login(user, backend="hipspine.clinic.accounts.backend.PeopleBackend")
    return visitor, chart


def test_no_personal_data_and_no_token_in_a_query(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    where = urlsplit(visitor.post(form, ANA)["Location"])
    assert where.query == "" and "Ana" not in where.path


def test_booking_takes_few_queries(clinic, visitor, django_assert_max_num_queries):
    form = visitor.hold(clinic.at(9))
    with django_assert_max_num_queries(7):
        visitor.get(form)


def test_the_next_person_at_this_computer_is_not_led_to_the_visit(clinic, visitor):
    form = visitor.hold(clinic.at(9))
    visitor.post(form, ANA)
    assert visitor.get(form).status_code == 302
    Appointment.objects.update(booked_at=timezone.now() - timedelta(minutes=11))
    page = visitor.get(form)
    assert page.status_code == 410 and b"use the link in our message" in page.content
    assert b"Ana" not in page.content

"""Booking by telephone, at the counter, for who walks in: nothing that was typed is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import instant_words
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Channel, Letter, Status
from hipspine.clinic.chart.actions import create_patient
from hipspine.clinic.chart.models import UnconfirmedPerson

pytestmark = pytest.mark.django_db
EVA = {"given_name": "Eva", "family_name": "Invented", "birth_date": "1980-05-05",
       "phone": "+1 555 010 0222", "email": "eva@invented.example", "comment": "left groin",
       "language": "es", "channel": "telephone"}  # fmt: skip


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


@pytest.fixture
def post(desk, clinic):
    """post(book="yes", ...) -> the answer to the page "who is it?" for 09:00 with Haddad."""
    key = str(uuid4())

    def send(start=None, **sent):
        query = f"?at=river&visit=follow-up&who=haddad&start={instant_words(start or clinic.at(9))}"
        return desk.post(reverse("desk:book") + query, EVA | {"key": key} | sent)

    return send


@pytest.fixture
def chart(desk):
    return create_patient(
        by=desk.user, given_name="Eva", family_name="Invented", birth_date="1980-05-05",
        phone="+1 555 010 0222", email="eva@chart.example",
    )  # fmt: skip


def test_from_the_day_to_a_booking_in_three_pages(desk, clinic, post):
    address = reverse("desk:book")
    asked = {"at": "river", "visit": "follow-up", "who": "haddad", "on": clinic.monday.isoformat()}
    times = desk.get(address, asked).text
    nine = instant_words(clinic.at(9))
    assert f'name="start" value="{nine}"' in times
    who = desk.get(address, asked | {"start": nine}).text
    assert "09:00–09:20" in who and "Dr Noor Haddad" in who and 'name="key"' in who
    response = post(book="yes")
    visit = Appointment.objects.get()
    assert response["Location"].endswith(f"#visit-{visit.pk}")
    assert (visit.status, visit.channel, visit.practitioner) == (
        Status.BOOKED, Channel.TELEPHONE, clinic.haddad)  # fmt: skip
    assert (visit.person.full_name, visit.comment, visit.language) == (
        "Eva Invented", "left groin", "es")  # fmt: skip
    assert visit.letter == Letter.BOOKED and visit.chart is None


def test_without_an_address_no_letter_is_owed(post):
    post(book="yes", email="")
    assert Appointment.objects.get().letter == Letter.NONE


def test_the_same_form_twice_is_one_visit_and_says_so(desk, post):
    post(book="yes")
    response = post(book="yes")
    assert Appointment.objects.count() == UnconfirmedPerson.objects.count() == 1
    assert "sent before" in desk.get(response["Location"]).text


def test_a_chart_is_found_by_post_and_booked_for(desk, post, chart):
    found = post(find="yes", given_name="ev", family_name="", phone="", email="")
    assert found.status_code == 200 and f'value="{chart.pk}"' in found.text
    assert "This field is required" not in found.text  # who looks need not have typed all
    assert AuditEvent.objects.get(action="chart.search").detail == {"found": 1}
    post(book="yes", seen="charts", patient=str(chart.pk), given_name="ev", family_name="",
         phone="", email="")  # fmt: skip
    visit = Appointment.objects.get()
    assert (
        visit.patient == chart and visit.person is None and UnconfirmedPerson.objects.count() == 0
    )
    assert visit.letter == Letter.BOOKED  # to the address in the chart


def test_who_has_a_chart_is_not_written_down_anew_by_oversight(post, chart):
    asked = post(book="yes")
    assert asked.status_code == 200 and "Is it one of these charts?" in asked.text
    unanswered = post(book="yes", seen="charts")
    assert "Pick one of the charts" in unanswered.text and not Appointment.objects.exists()
    post(book="yes", seen="charts", patient="new")
    assert Appointment.objects.get().person.full_name == "Eva Invented"


def test_a_merged_or_forged_chart_is_none(post, chart):
    for picked in (uuid4(), "x" * 500, "1'; DROP TABLE"):
        answer = post(book="yes", seen="charts", patient=str(picked))
        assert answer.status_code == 200 and not Appointment.objects.exists()


def test_a_new_number_or_address_beside_a_chart_is_not_lost_in_silence(post, chart):
    picked = {"seen": "charts", "patient": str(chart.pk), "book": "yes"}
    asked = post(**picked, email="new@invented.example")
    assert asked.status_code == 200 and "what was typed below is not kept" in asked.text
    assert 'value="new@invented.example"' in asked.text and not Appointment.objects.exists()
    post(**picked | {"seen": "charts reach"}, email="new@invented.example")
    assert Appointment.objects.get().reach.email == chart.email


@pytest.mark.parametrize("typed", ["email", "phone", "end of the phone"])
def test_what_the_chart_has_is_not_asked_about(post, chart, typed):
    chart.phone = "+1 (555) 010-1234"
    chart.save()
    same = {"email": chart.email.upper(), "phone": "5550101234", "end of the phone": "010 1234"}
    sent = {"email": "", "phone": ""} | {typed.split()[-1]: same[typed]}
    post(book="yes", seen="charts", patient=str(chart.pk), **sent)
    assert Appointment.objects.exists()


def test_a_second_visit_on_the_same_day_is_asked_about_once(clinic, post, chart):
    actions.confirm(
        actions.hold(clinic.wanted(14, 0, who=clinic.osei), key=uuid4()),
        actions.Details(patient=chart),
    )
    asked = post(book="yes", seen="charts", patient=str(chart.pk), email=chart.email)
    assert "already has a visit on that day" in asked.text and "14:00–14:20" in asked.text
    assert 'name="seen" value="charts same_day"' in asked.text
    assert Appointment.objects.count() == 1
    post(book="yes", seen="charts same_day", patient=str(chart.pk), email=chart.email)
    assert Appointment.objects.count() == 2


def test_the_same_is_asked_of_someone_without_a_chart(desk, clinic, post):
    post(book="yes")
    query = f"?at=river&visit=follow-up&start={instant_words(clinic.at(15))}"
    again = desk.post(reverse("desk:book") + query, EVA | {"book": "yes", "key": str(uuid4())})
    assert "09:00–09:20 Follow-up" in again.text and Appointment.objects.count() == 1


def test_a_lost_race_keeps_all_that_was_typed_and_shows_three_others(clinic, booked, post):
    booked(9, 0, who=clinic.haddad)
    response = post(book="yes")
    assert response.status_code == 409 and "is not free" in response.text
    for near in (clinic.at(9, 20), clinic.at(9, 40), clinic.at(10)):
        assert f'name="start" value="{instant_words(near)}"' in response.text
    for typed in ("Eva", "1980-05-05", "+1 555 010 0222", "eva@invented.example", "left groin"):
        assert typed in response.text
    assert Appointment.objects.count() == 1


def test_one_of_the_three_is_booked_with_one_press(desk, clinic, booked):
    booked(9, 0, who=clinic.haddad)
    query = f"?at=river&visit=follow-up&who=haddad&start={instant_words(clinic.at(9))}"
    sent = EVA | {"key": str(uuid4()), "start": instant_words(clinic.at(9, 20))}
    assert desk.post(reverse("desk:book") + query, sent).status_code == 302
    assert Appointment.objects.filter(starts_at=clinic.at(9, 20)).count() == 1


def test_booking_all_the_same_needs_a_reason(clinic, booked, post):
    booked(9, 0, who=clinic.haddad)
    nine = instant_words(clinic.at(9))
    silent = post(overbook=nine, reason="")
    assert silent.status_code == 400 and "Say why" in silent.text and "left groin" in silent.text
    assert post(overbook=nine, reason="cannot walk").status_code == 302
    over = Appointment.objects.get(overbook_reason="cannot walk")
    assert over.starts_at == clinic.at(9) and over.practitioner == clinic.haddad


def test_a_time_beyond_the_hours_is_reached_by_typing_it(desk, clinic, post):
    page = desk.get(reverse("desk:book"), {"at": "river", "visit": "follow-up", "who": "haddad",
                    "on": clinic.monday, "other": "yes", "time": "12:20"})  # fmt: skip
    assert "12:20–12:40" in page.text
    assert post(start=clinic.at(12, 20), book="yes").status_code == 409
    lunch = instant_words(clinic.at(12, 20))
    assert post(start=clinic.at(12, 20), overbook=lunch, reason="over lunch").status_code == 302


def test_a_time_that_is_none_is_said_on_the_first_page(desk, clinic):
    asked = {"at": "river", "visit": "follow-up", "on": clinic.monday, "other": "yes"}
    for time, says in (("12:03", "multiple of five"), ("", "Type a time"), ("x", "valid time")):
        page = desk.get(reverse("desk:book"), asked | {"time": time})
        assert page.status_code == 400 and says in page.text


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"given_name": ""}, "This field is required"),
        ({"birth_date": "2999-01-01"}, "in the future"),
        ({"birth_date": "1880-01-01"}, "Nobody is that old"),
        ({"birth_date": "30/02/1980"}, "valid date"),
        ({"email": "no"}, "valid email"),
        ({"phone": "", "email": ""}, "Give a telephone number or an e-mail"),
        ({"given_name": "x" * 10_000}, "at most 200"),
        ({"comment": "x" * 10_000}, "at most 500"),
        ({"channel": "pigeon"}, "valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_the_rest_is_kept(post, sent, says):
    response = post(book="yes", **sent)
    assert response.status_code == 400 and says in response.text
    assert 'value="Invented"' in response.text and not Appointment.objects.exists()


def test_a_day_without_a_free_time_leads_to_the_nearest(desk, clinic):
    saturday = clinic.monday + timedelta(5)
    asked = {"at": "river", "visit": "follow-up", "who": "haddad", "on": saturday.isoformat()}
    page = desk.get(reverse("desk:book"), asked).text
    friday = clinic.monday + timedelta(4)
    assert "No free time on this day" in page
    assert f'value="{instant_words(clinic.at(16, 40, friday))}"' in page
    assert f"on={friday}&amp;visit=follow-up&amp;who=haddad" in page  # the day before


def test_names_of_every_script_are_kept_and_shown_as_text(desk, clinic, post):
    post(book="yes", given_name="<script>alert(1)</script> نور 🦴", family_name="Ó'Neil")
    page = desk.get(reverse("desk:day"), {"on": clinic.monday}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; نور 🦴 Ó&#x27;Neil" in page


def test_a_clinician_who_does_not_do_it_is_said(desk, clinic):
    asked = {"at": "river", "visit": "injection", "who": "osei", "on": clinic.monday}
    assert "does not do this kind of visit" in desk.get(reverse("desk:book"), asked).text


def test_a_past_time_is_not_booked(clinic, post, desk):
    response = post(book="yes", wanted="2020-01-01T09:00Z")
    assert response.status_code == 400 and "This time is over" in response.text
    assert "left groin" in response.text and not Appointment.objects.exists()


def test_the_time_can_be_changed_and_nothing_typed_is_lost(clinic, post):
    page = post(other="yes", on=clinic.monday.isoformat(), time="14:05")
    assert "14:05–14:25" in page.text and "left groin" in page.text
    assert not Appointment.objects.exists()
    wrong = post(other="yes", on=clinic.monday.isoformat(), time="14:06")
    assert wrong.status_code == 400 and "multiple of five" in wrong.text


def test_who_walks_in_is_there_at_once(desk, clinic):
    sent = EVA | {"visit": "follow-up", "who": "haddad", "key": str(uuid4()), "arrive": "yes"}
    address = reverse("desk:walk_in")
    response = desk.post(address, sent)
    came = Appointment.objects.get()
    assert response.status_code == 302 and came.status == Status.ARRIVED
    assert came.channel == Channel.WALK_IN and came.starts_at <= timezone.now() < came.ends_at
    desk.post(address, sent)
    assert Appointment.objects.count() == 1
    wrong = desk.post(address, sent | {"visit": "injection", "who": "osei", "key": str(uuid4())})
    assert wrong.status_code == 400 and "does not do this kind" in wrong.text
    assert "left groin" in wrong.text
    empty = desk.post(address, {})
    assert empty.status_code == 400 and "This field is required" in empty.text


def test_pages_of_a_booking_are_few_queries(desk, clinic, django_assert_max_num_queries):
    asked = {"at": "river", "visit": "follow-up", "on": clinic.monday.isoformat()}
    with django_assert_max_num_queries(20):
        desk.get(reverse("desk:book"), asked)
    with django_assert_max_num_queries(12):
        desk.get(reverse("desk:book"), asked | {"start": instant_words(clinic.at(9))})

"""One's own visit by its signed link: seen, moved, cancelled, and whose it is by a code."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.links import token_of
from hipspine.clinic.booking.models import Appointment, Resource
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.chart.actions import create_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return lambda visit: f"/book/mine/{token_of(visit)}/"


def start_of(instant, who=""):
    return f"{instant:%Y-%m-%dT%H:%M}Z/{who}"


def test_the_page_says_everything_and_stays_private(clinic, booked, link):
    clinic.follow_up.about = "Bring earlier pictures."
    clinic.follow_up.save()
    answer = Client().get(link(booked(9, 0, who=clinic.haddad)))
    page = answer.content.decode()
    for told in (
        "9:00 AM to 9:20 AM", "America/Chicago", "Dr Noor Haddad", "1 River Street", "Ana Invented",
        "Bring earlier pictures.", "visit.ics", "move/", "cancel/", "who/", "noindex",
    ):  # fmt: skip
        assert told in page, told
    assert answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    for secret in ("ana@invented.example", "555 010 0199", "my left hip"):
        assert secret not in page


def test_the_calendar_file_is_that_of_the_visit(clinic, booked, link):
    answer = Client().get(f"{link(booked(9, 0))}visit.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.start == clinic.at(9)


@pytest.mark.parametrize("page", ["", "visit.ics", "move/", "cancel/", "who/"])
def test_a_forged_cut_old_or_foreign_link_is_a_calm_page(clinic, booked, held, page):
    visit = booked(9, 0)
    token = token_of(visit)
    pending = token_of(held(10, 0))
    for wrong in (token[:-1], token[:32], "x", "é", token.replace(":", "%00"), "a" * 5000, pending):
        answer = Client().get(f"/book/mine/{wrong}/{page}")
        assert answer.status_code == 404 and b"tel:" in answer.content, wrong
    past = timezone.now() - timedelta(days=3)
    Appointment.objects.filter(pk=visit.pk).update(
        starts_at=past, ends_at=past + timedelta(minutes=20)
    )
    assert Client().get(f"/book/mine/{token}/{page}").status_code == 404


def test_moving(clinic, booked, link):
    visit = booked(9, 0, who=clinic.haddad)
    client = Client()
    page = client.get(f"{link(visit)}move/")
    assert page.context["who"] == clinic.haddad and page.context["week"].monday == clinic.monday
    form = {"start": start_of(clinic.at(14), "haddad"), "version": visit.version}
    done = client.post(f"{link(visit)}move/", form, follow=True)
    assert "Your visit is moved" in done.content.decode() and "2:00 PM" in done.content.decode()
    again = client.post(f"{link(visit)}move/", form)  # the second press
    assert again.status_code == 302
    visit.refresh_from_db()
    assert visit.starts_at == clinic.at(14) and visit.ticks.count() == 8


def test_a_move_that_loses_keeps_the_old_time_and_shows_three(clinic, booked, held, link):
    visit = booked(9, 0, who=clinic.haddad)
    held(14, 0, who=clinic.haddad)
    form = {"start": start_of(clinic.at(14), "haddad"), "version": visit.version}
    answer = Client().post(f"{link(visit)}move/", form)
    assert answer.status_code == 409 and b"You keep the time you have" in answer.content
    assert len(answer.context["said"].alternatives) == 3
    visit.refresh_from_db()
    assert visit.starts_at == clinic.at(9)


def test_a_move_from_an_old_tab_shows_what_there_is_now(clinic, booked, link):
    visit = booked(9, 0)
    old = visit.version
    actions.reschedule(visit, clinic.wanted(14), version=old)
    answer = Client().post(
        f"{link(visit)}move/", {"start": start_of(clinic.at(15)), "version": old}
    )
    page = answer.content.decode()
    assert answer.status_code == 409 and "changed meanwhile" in page and "2:00 PM" in page
    assert f'name="version" value="{old + 1}"' in page


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣"])
def test_a_strange_version_or_time_is_answered(clinic, booked, link, version):
    visit = booked(9, 0)
    form = {"start": start_of(clinic.at(14)), "version": version}
    assert Client().post(f"{link(visit)}move/", form).status_code == 409
    assert Client().post(f"{link(visit)}move/", {"start": "now"}).status_code == 400
    page = Client().post(f"{link(visit)}cancel/", {"version": version}, follow=True)
    assert "Look at it again" in page.content.decode()
    visit.refresh_from_db()
    assert (visit.status, visit.starts_at) == (Status.BOOKED, clinic.at(9))


def test_cancelling_asks_first(clinic, booked, link):
    visit = booked(9, 0)
    client = Client()
    assert "Cancel the visit?" in client.get(f"{link(visit)}cancel/").content.decode()
    visit.refresh_from_db()
    assert visit.status == Status.BOOKED
    form = {"version": visit.version}
    for _press in range(2):
        page = client.post(f"{link(visit)}cancel/", form, follow=True).content.decode()
        assert "This visit is cancelled" in page and "/book/river/follow-up/" in page
    assert "move/" not in page and "visit.ics" not in page
    assert client.get(f"{link(visit)}move/")["Location"] == link(visit)


def test_what_has_begun_is_not_moved_or_cancelled_online(clinic, booked, link):
    visit = booked(9, 0)
    now = timezone.now()
    Appointment.objects.filter(pk=visit.pk).update(
        starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(minutes=15)
    )
    client = Client()
    assert b"has begun or is over" in client.get(link(visit)).content
    client.post(f"{link(visit)}cancel/", {"version": visit.version})
    visit.refresh_from_db()
    assert visit.status == Status.BOOKED


def test_a_visit_no_longer_booked_online_is_moved_by_telephone(clinic, booked, link):
    visit = booked(9, 0)
    clinic.follow_up.is_online = False
    clinic.follow_up.save()
    assert "booked by telephone" in Client().get(f"{link(visit)}move/").content.decode()


@pytest.fixture
def ana(make_user, details):
    """The chart that fits what `details` says."""
    return create_patient(
        by=make_user(Role.CLINICIAN), given_name="Ana", family_name="INVENTED",
        birth_date=date(1980, 2, 29), email="Ana@invented.example", language="es",
    )  # fmt: skip


def code_in(message):
    return re.search(r"\b\d{6}\b", message.subject)[0]


def test_a_code_to_the_address_in_the_chart_says_who_it_is(clinic, booked, link, ana):
    visit = booked(9, 0)
    client = Client()
    client.post(f"{link(visit)}who/")
    (letter,) = mail.outbox
    assert letter.to == ["Ana@invented.example"]
    code = code_in(letter)
    assert code in letter.body
    wrong = client.post(f"{link(visit)}who/", {"code": "000000" if code != "000000" else "1"})
    assert b"not right" in wrong.content
    right = client.post(f"{link(visit)}who/", {"code": f" {code} "}, follow=True)
    assert "we know you now" in right.content.decode()
    assert Appointment.objects.get(pk=visit.pk).chart == ana
    assert client.get(f"{link(visit)}who/")["Location"] == link(visit)


def test_the_answer_is_the_same_whether_or_not_a_chart_fits(clinic, booked, link, ana, details):
    from dataclasses import replace

    known = booked(9, 0)
    stranger = actions.confirm(
        actions.hold(clinic.wanted(10), key=uuid4()), replace(details, family_name="Other")
    )
    pages = []
    for visit in (known, stranger):
        page = Client().post(f"{link(visit)}who/").content.decode()
        without = re.sub(r'value="\w{64}"', "", page).replace(token_of(visit), "")
        pages.append(without)
    assert pages[0] == pages[1] and len(mail.outbox) == 1


def test_three_codes_an_hour_for_one_asker_and_more_from_elsewhere(clinic, booked, link, ana):
    visit = booked(9, 0)
    answers = [Client().post(f"{link(visit)}who/").status_code for _ in range(5)]
    assert answers == [200] * 5 and len(mail.outbox) == 3
    Client().post(f"{link(booked(10, 0))}who/")  # booking once more gives no more codes
    assert len(mail.outbox) == 3
    Client(REMOTE_ADDR="198.51.100.7").post(f"{link(visit)}who/")  # whose address it is
    assert len(mail.outbox) == 4


@pytest.mark.parametrize("code", ["", " ", "\x00", "9" * 5000, "<script>", "٣٣٣٣٣٣"])
def test_a_strange_code_is_refused_beside_its_field(clinic, booked, link, ana, code):
    visit = booked(9, 0)
    Client().post(f"{link(visit)}who/")
    answer = Client().post(f"{link(visit)}who/", {"code": code})
    assert answer.status_code == 200 and 'id="id_code_error"' in answer.content.decode()


def test_the_page_takes_few_queries(clinic, booked, link, django_assert_max_num_queries):
    visit = booked(9, 0)
    with django_assert_max_num_queries(4):
        Client().get(link(visit))


def test_a_wrong_code_costs_the_same_whether_there_is_a_chart_or_not(clinic, booked, link, ana):
    """The same queries, the same events, the same number of tries: nothing to tell them by."""
    stranger = actions.Details(
        given_name="Bob", family_name="Invented", birth_date=date(1980, 2, 29), email="b@x.example"
    )
    told = []
    for visit in (
        booked(9, 0),
        actions.confirm(actions.hold(clinic.wanted(10), key=uuid4()), stranger),
    ):
        Client().post(f"{link(visit)}who/")
        before, queries = AuditEvent.objects.count(), []
        for _ in range(7):
            with CaptureQueriesContext(connection) as asked:
                Client().post(f"{link(visit)}who/", {"code": "wrong"})
            queries.append(len(asked))
        told.append((queries, AuditEvent.objects.count() - before))
    assert told[0] == told[1] and told[0][1] == 5


def test_a_visit_may_move_into_a_part_of_its_own_time(clinic, held, details, link):
    """40 minutes from nine, twenty minutes later: only its own ticks are in the way."""
    Resource.objects.filter(pk=clinic.osei.pk).update(is_active=False)
    visit = actions.confirm(held(9, visit=clinic.first_visit, who=clinic.haddad), details)
    move = f"{link(visit)}move/"
    page = Client().get(move).content.decode()
    assert f'value="{clinic.at(9, 20):%Y-%m-%dT%H:%M}Z/haddad"' in page
    assert f'value="{clinic.at(9):%Y-%m-%dT%H:%M}Z/haddad"' not in page  # it is there already
    start = f"{clinic.at(9, 20):%Y-%m-%dT%H:%M}Z/haddad"
    Client().post(move, {"start": start, "version": visit.version})
    assert Appointment.objects.get(pk=visit.pk).starts_at == clinic.at(9, 20)

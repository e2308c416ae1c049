"""How often one may try: the same for every process, whoever asks, and behind a proxy too."""

import time
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client
from django.utils import timezone

from hipspine.clinic.accounts import limits
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions as chart
from hipspine.clinic.chart.tasks import send_code_letter

pytestmark = pytest.mark.django_db
VICTIM = "victim@elsewhere.example"
PASSWORD = "correct horse battery"


PAGES = ["/account/login/code/", "/account/signup/", "/account/password/reset/"]


def in_each_minute(minutes, ask, strangers=1):
    """Each minute each stranger, with a browser and a network address of their own."""
    began = time.time()
    for minute in range(minutes):
        with patch("time.time", lambda at=began + 61 * minute: at):
            for n in range(strangers):
                ask(Client(REMOTE_ADDR=f"203.0.113.{n}"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("has_account", [True, False])
@pytest.mark.parametrize(("strangers", "letters"), [(1, 5), (9, 15)])
def test_nobody_fills_a_letter_box(make_user, page, has_account, strangers, letters):
    """In an hour five letters for one stranger, fifteen for many; with or without an account."""
    if has_account:
        make_user(Role.PATIENT, email=VICTIM)
    in_each_minute(20, lambda client: client.post(page, {"email": VICTIM}), strangers)
    assert len(mail.outbox) == letters


def test_a_tag_or_a_capital_is_no_other_letter_box():
    spelled = iter(f"{'vViI'[n % 2]}ictim+{n}@elsewhere.example" for n in range(20))
    in_each_minute(20, lambda client: client.post(PAGES[0], {"email": next(spelled)}))
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(("email", "box"), [
    ("Ana+news@X.example", "ana@x.example"), ("ana+a+b@x.example", "ana@x.example"),
    ("+ana@x.example", "+ana@x.example"), ("ana@x.example", "ana@x.example"),
    ('"a@b"@x.example', '"a@b"@x.example'), ("", ""),
])  # fmt: skip
def test_letter_boxes(email, box):
    assert limits.letter_box(email) == box


def test_a_stranger_does_not_lock_out_who_owns_the_address(make_user):
    """He asks as often as he can; she, from another connection, still gets her code."""
    make_user(Role.PATIENT, email=VICTIM)
    in_each_minute(50, lambda client: client.post(PAGES[0], {"email": VICTIM}))
    sent = len(mail.outbox)
    his = Client(REMOTE_ADDR="203.0.113.0").post(PAGES[0], {"email": VICTIM})
    assert his.status_code == 429 and "asked for too often" in his.text
    hers = Client(REMOTE_ADDR="198.51.100.7").post(PAGES[0], {"email": VICTIM})
    assert hers.status_code == 302 and len(mail.outbox) == sent + 1


def test_an_ipv6_customer_is_one_stranger(make_user):
    make_user(Role.PATIENT, email=VICTIM)
    for n in range(20):
        Client(REMOTE_ADDR=f"2001:db8:0:7::{n:x}").post(PAGES[0], {"email": VICTIM})
    assert len(mail.outbox) == 3  # a minute


def test_too_often_is_said_in_spanish():
    spanish = {"accept-language": "es"}
    last = [Client(headers=spanish).post(PAGES[0], {"email": VICTIM}) for _ in range(4)][-1]
    assert "Se ha pedido demasiadas veces" in last.text


def test_behind_a_proxy_a_stranger_locks_out_only_himself(make_user, settings):
    settings.BEHIND_PROXY = True
    make_user(Role.FRONT_DESK, email="desk@c.example", password=PASSWORD)

    def sign_in(address, login, password):
        client = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {address}")
        return client.post("/account/login/", {"login": login, "password": password}).status_code

    last = [sign_in("203.0.113.9", f"x{n}@y.example", "wrong") for n in range(31)][-1]
    assert last == 429
    assert sign_in("198.51.100.7", "desk@c.example", PASSWORD) == 302


def test_all_processes_count_in_one_table_and_no_address_stands_in_it():
    one, other = (DatabaseCache(limits.TABLE, {**limits.CACHE}) for _ in range(2))
    assert one.add("allauth:ip:203.0.113.9", [1]) and not other.add("allauth:ip:203.0.113.9", [2])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {limits.TABLE}")
        rows = cursor.fetchall()
    assert len(rows) == 1 and "203.0.113.9" not in str(rows)


def test_twenty_four_code_letters_a_day_to_one_chart(make_user):
    person = {"given_name": "Ana", "family_name": "Invented", "birth_date": date(1980, 2, 29)}
    person["email"] = VICTIM
    chart.create_patient(by=make_user(Role.FRONT_DESK), **person)
    now = timezone.now()
    for hour in range(24):
        with patch("django.utils.timezone.now", lambda at=now + timedelta(hours=hour): at):
            for _ in range(10):
                send_code_letter.call_local(chart.note_arrival(**person).pk)
    assert len(mail.outbox) == 24

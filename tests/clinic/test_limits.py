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


def in_each_minute(minutes, ask):
    """Three strangers a minute, each with a browser and a network address of their own."""
    began = time.time()
    for minute in range(minutes):
        with patch("time.time", lambda at=began + 61 * minute: at):
            for n in range(3):
                ask(Client(REMOTE_ADDR=f"203.0.113.{n}"))


@pytest.mark.parametrize("page", ["/account/login/code/", "/account/signup/"])
@pytest.mark.parametrize("has_account", [True, False])
def test_nobody_fills_a_letter_box(make_user, page, has_account):
    if has_account:
        make_user(Role.PATIENT, email=VICTIM)
    in_each_minute(20, lambda client: client.post(page, {"email": VICTIM}))
    assert 1 <= len(mail.outbox) <= 5


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


def test_ten_code_letters_a_day_to_one_chart(make_user):
    person = {"given_name": "Ana", "family_name": "Invented", "birth_date": date(1980, 2, 29)}
    person["email"] = VICTIM
    chart.create_patient(by=make_user(Role.FRONT_DESK), **person)
    now = timezone.now()
    for hour in range(24):
        with patch("django.utils.timezone.now", lambda at=now + timedelta(hours=hour): at):
            for _ in range(4):
                send_code_letter.call_local(chart.note_arrival(**person).pk)
    assert len(mail.outbox) == 10

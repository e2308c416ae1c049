"""Safe by default: production refuses a weak secret; headers hold; the log names nobody."""

import json
import logging
from datetime import date

import pytest
from django.db import OperationalError
from django.test import Client

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.environment import database_from, read_environment
from hipspine.clinic.mail_settings import django_settings
from hipspine.clinic.operations.checking import nothing_invented
from hipspine.clinic.web.request_log import JsonFormatter
from hipspine.errors import InvalidInput

STRONG = "".join(chr(33 + n % 60) for n in range(64))
PRODUCTION = {
    "HIPSPINE_ENV": "production",
    "HIPSPINE_SECRET_KEY": STRONG,
    "HIPSPINE_HOSTS": "clinic.example",
}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"HIPSPINE_SECRET_KEY": ""}, "HIPSPINE_SECRET_KEY"),
        ({"HIPSPINE_SECRET_KEY": "x" * 64}, "HIPSPINE_SECRET_KEY"),
        ({"HIPSPINE_DEBUG": "1"}, "HIPSPINE_DEBUG"),
        ({"HIPSPINE_HOSTS": "*"}, "HIPSPINE_HOSTS"),
        ({"HIPSPINE_HOSTS": ""}, "HIPSPINE_HOSTS"),
        ({"HIPSPINE_SECOND_FACTOR": "0"}, "HIPSPINE_SECOND_FACTOR"),
        ({"HIPSPINE_ONLINE_LIMITS": "0"}, "HIPSPINE_ONLINE_LIMITS"),
        ({"HIPSPINE_ENV": "prod"}, "HIPSPINE_ENV"),
        ({"HIPSPINE_EMAIL_URL": "mail.example:587"}, "HIPSPINE_EMAIL_URL"),
        ({"HIPSPINE_EMAIL_URL": "smtp://mail.example:tls"}, "HIPSPINE_EMAIL_URL"),
        ({"HIPSPINE_MAIL_FROM": "the clinic"}, "HIPSPINE_MAIL_FROM"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
    ],
)
def test_production_refuses_what_is_not_safe(tmp_path, change, name):
    given = PRODUCTION | {"HIPSPINE_DATA_DIR": str(tmp_path)}
    assert read_environment(given).production
    with pytest.raises(InvalidInput, match=name):
        read_environment(given | change)


@pytest.mark.parametrize(
    ("url", "port", "from_the_start", "then"),
    [
        ("smtp://mail.example", 587, False, True),
        ("smtps://mail.example", 465, True, False),
        ("smtp://user:word@mail.example:25", 25, False, True),  # no password in the clear
        ("smtp://relay.local:25", 25, False, False),
    ],
)
def test_mails_leave_over_tls_where_it_matters(url, port, from_the_start, then):
    found = django_settings(url)
    assert found["EMAIL_PORT"] == port
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (from_the_start, then)


def test_a_clinic_that_is_served_shows_and_sends_nothing_of_the_demonstration(tmp_path):
    given = PRODUCTION | {"HIPSPINE_DATA_DIR": str(tmp_path)}
    with pytest.raises(InvalidInput, match="HIPSPINE_CLINIC_PHONE"):
        nothing_invented(read_environment(given))
    given |= {"HIPSPINE_CLINIC_PHONE": "+1 555 010 0199"}
    with pytest.raises(InvalidInput, match="HIPSPINE_EMAIL_URL"):
        nothing_invented(read_environment(given))
    nothing_invented(read_environment(given | {"HIPSPINE_EMAIL_URL": "smtp://mail.example"}))


def test_hosts_are_read_with_blanks_and_the_sender_is_of_the_first(tmp_path):
    given = PRODUCTION | {"HIPSPINE_DATA_DIR": str(tmp_path)}
    found = read_environment(given | {"HIPSPINE_HOSTS": " clinic.example, www.clinic.example,"})
    assert found.allowed_hosts == ("clinic.example", "www.clinic.example")
    assert found.mail_from == "no-reply@clinic.example"


def test_a_local_clinic_makes_its_own_secret_once(tmp_path):
    given = {"HIPSPINE_DATA_DIR": str(tmp_path)}
    first = read_environment(given).secret_key
    assert len(first) >= 50 and read_environment(given).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_database_url_is_read_with_its_escapes(tmp_path):
    found = database_from("postgresql://a%40b:p%2Fw@host:5433/clinic?sslmode=require", tmp_path)
    assert (found["USER"], found["PASSWORD"], found["PORT"]) == ("a@b", "p/w", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.django_db
def test_headers_allow_nothing_inline():
    answer = Client().get("/account/login/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    page = answer.content.decode()
    assert "<style" not in page and ' style="' not in page and " onclick" not in page


@pytest.mark.django_db
def test_the_log_names_nobody(signed_in):
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(JsonFormatter().format(record))

    client = signed_in(Role.FRONT_DESK)
    chart = actions.create_patient(
        by=client.user, given_name="Ana", family_name="Ruiz", birth_date=date(1980, 1, 1)
    )
    handler = Keep()
    logging.getLogger().addHandler(handler)
    try:
        client.get(f"/patients/{chart.pk}/?who=Ana+Ruiz")
        client.post("/patients/", {"words": "Ana"})
        client.get("/Ana-Ruiz/")
        try:
            raise ValueError("Ana Ruiz")
        except ValueError:
            logging.getLogger("hipspine.clinic").exception("failed")
    finally:
        logging.getLogger().removeHandler(handler)
    text = "\n".join(lines)
    assert len(lines) == 4 and all(json.loads(line) for line in lines)
    for trace in ("Ana", "Ruiz", str(chart.pk), "front_desk@clinic.example", "127.0.0.1"):
        assert trace not in text
    assert '"route": "patients/<uuid:patient_id>/"' in text and '"exception": "ValueError"' in text


def test_a_mail_server_that_hangs_is_given_up(settings):
    assert 0 < settings.EMAIL_TIMEOUT <= 10


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_no_error_of_ours(caplog):
    """Real errors are to be seen among the lines of level error."""
    with caplog.at_level(logging.INFO, logger="hipspine.clinic.requests"):
        assert Client().get("/book/nowhere/").status_code == 404
    assert [(r.msg, r.levelname, r.status) for r in caplog.records] == [("request", "INFO", 404)]


@pytest.mark.parametrize("address", ["/", "/book/", "/desk/day/"])
def test_without_a_database_the_page_still_has_the_telephone(signed_in, monkeypatch, address):
    def away(self):
        raise OperationalError("the database is away")

    client = signed_in(Role.FRONT_DESK)
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    answer = client.get(address)
    assert answer.status_code == 500 and "tel:" in answer.text and "please call" in answer.text

"""Django for the tests: a private data folder, SQLite unless DATABASE_URL says otherwise."""

import atexit
import os
import shutil
import tempfile

import pytest

__all__ = ["english", "fresh_cache", "make_user", "second_database", "signed_in"]

_FOLDER = tempfile.mkdtemp(prefix="hipspine-tests-")
os.environ["HIPSPINE_DATA_DIR"] = _FOLDER
os.environ["DJANGO_SETTINGS_MODULE"] = "hipspine.clinic.settings"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, TransactionTestCase

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit import triggers

settings.STATIC_ROOT.mkdir(exist_ok=True)
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)  # ours: never the clinic's own
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed only
settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # too
settings.STAFF_NEEDS_SECOND_FACTOR = False  # switched on where it is what is tested

_teardown = TransactionTestCase._fixture_teardown


def _teardown_without_triggers(self):
    """A transactional test empties every table; the triggers rightly forbid it, so they rest."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for statement in triggers.DROP[vendor]:
            cursor.execute(statement)
    try:
        _teardown(self)
    finally:
        with connection.cursor() as cursor:
            for statement in triggers.CREATE[vendor]:
                cursor.execute(statement)


TransactionTestCase._fixture_teardown = _teardown_without_triggers


@pytest.fixture(autouse=True)
def fresh_cache():
    """Rate limits count in the cache; no test inherits another's."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def english():
    """A page in Spanish leaves its language with the thread; no test inherits that either."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def make_user(db):
    """make_user(Role.CLINICIAN) -> a user of that role, `<role>@clinic.example`."""

    def make(role, email=None, **fields):
        return create_user(email or f"{role}@clinic.example", role, **fields)

    return make


@pytest.fixture
def signed_in(make_user):
    """signed_in(Role.FRONT_DESK) -> a client, with `.user`."""

    def sign_in(role=None, user=None):
        client = Client()
        client.user = user or make_user(role or Role.PATIENT)
        client.force_login(client.user, backend=settings.AUTHENTICATION_BACKENDS[1])
        return client

    return sign_in


@pytest.fixture
def second_database(transactional_db, monkeypatch, django_db_blocker):
    """Django's tests forbid a connection they did not open; a drill opens one to the copy."""
    connect = django_db_blocker._real_ensure_connection
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", connect)

"""How often one may try to sign in, or have a code sent, from one network address.

Counted in the database, so that every process counts the same. allauth's words: how many / in what
time / of whom. How many letters one e-mail address gets is counted in letter_limits.
"""

from django.utils.crypto import salted_hmac

TABLE = "clinic_limits"
RATES = {
    "request_login_code": "20/m/ip,200/h/ip",
    "reset_password": "20/m/ip,200/h/ip",
    "confirm_email": "20/m/ip,200/h/ip",
    "signup": "20/m/ip,60/h/ip",
}
CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": TABLE,
    "KEY_FUNCTION": "hipspine.clinic.accounts.limits.hashed",
    "OPTIONS": {"MAX_ENTRIES": 20_000},  # what is over goes first
}


def letter_box(email: str) -> str:
    """Where its letters lie: neither case nor what follows a + makes another box of it.

    Some servers give `ana+x` to somebody else than `ana`; those two then count as one, no more.
    """
    name, at, domain = email.strip().lower().rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def hashed(key: str, key_prefix: str, version: int) -> str:
    """The name of a counter, which has a network address in it, as nobody can read it."""
    name = f"{key_prefix}:{version}:{key}"
    return salted_hmac("hipspine.accounts.limits", name, algorithm="sha256").hexdigest()

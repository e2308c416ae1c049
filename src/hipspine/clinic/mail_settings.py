"""How mails leave: what the environment says about it, checked, and Django's words for it."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from hipspine.errors import InvalidInput

SUBMISSION, SUBMISSION_OVER_TLS = 587, 465  # RFC 6409, RFC 8314


def email_url(variables: Mapping[str, str]) -> str:
    """Never silently another way than the one that was meant."""
    url = variables.get("HIPSPINE_EMAIL_URL", "") or "console:"
    parts = urlsplit(url)
    try:
        known = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number
        known = False
    if url != "console:" and not known:
        raise InvalidInput(
            "HIPSPINE_EMAIL_URL: accepted: smtp://user:password@host:587, smtps://... or console:"
        )
    return url


def mail_from(variables: Mapping[str, str], host: str) -> str:
    """The sender of mails: an address for which the mail server may send."""
    address = variables.get("HIPSPINE_MAIL_FROM", "").strip() or f"no-reply@{host.strip('[].')}"
    name, _, domain = address.rpartition("@")
    if not name or not domain or any(c.isspace() for c in address):
        raise InvalidInput(
            f"HIPSPINE_MAIL_FROM {address!r}: accepted: an address as no-reply@clinic.example"
        )
    return address


def django_settings(url: str) -> dict[str, object]:
    """The EMAIL_... settings; no password goes over the network in the clear, on any port."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "hipspine.clinic.web.mail.ConsoleBackend"}
    over_tls = parts.scheme == "smtps"
    port = parts.port or (SUBMISSION_OVER_TLS if over_tls else SUBMISSION)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": over_tls,
        "EMAIL_USE_TLS": not over_tls and (port == SUBMISSION or bool(parts.username)),
    }

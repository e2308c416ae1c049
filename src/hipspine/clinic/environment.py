"""What the environment says about this clinic, checked; one clear line where it cannot be used."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from hipspine.clinic import mail_settings
from hipspine.errors import InvalidInput

SHORTEST_SECRET = 50
DEMONSTRATION_PHONE = "+1 555 010 0100"
YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")
POSTGRES_SCHEMES = ("postgres", "postgresql")


@dataclass(frozen=True)
class Environment:
    """The settings a clinic may choose; everything else is fixed in settings.py."""

    production: bool
    debug: bool
    data_dir: Path
    secret_key: str
    allowed_hosts: tuple[str, ...]
    database: dict[str, object]
    email_url: str
    mail_from: str
    clinic_name: str
    clinic_phone: str
    public_url: str
    behind_proxy: bool
    second_factor: bool
    online_limits: bool
    tasks_queued: bool
    log_level: str
    charts_behind_glass: bool


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read HIPSPINE_* and DATABASE_URL; production without its own secret or with DEBUG fails."""
    kind = variables.get("HIPSPINE_ENV", "local")
    if kind not in ("local", "production"):
        raise InvalidInput(f"HIPSPINE_ENV {kind!r}: accepted: local or production")
    production = kind == "production"
    debug = _flag(variables, "HIPSPINE_DEBUG")
    if production and debug:
        raise InvalidInput("HIPSPINE_DEBUG: a clinic in production never runs with it; unset it")
    data_dir = Path(variables.get("HIPSPINE_DATA_DIR") or _default_data_dir(variables)).expanduser()
    second_factor = _flag(variables, "HIPSPINE_SECOND_FACTOR", default="1")
    if production and not second_factor:
        raise InvalidInput("HIPSPINE_SECOND_FACTOR: production never goes without; unset it")
    online_limits = _flag(variables, "HIPSPINE_ONLINE_LIMITS", default="1")
    if production and not online_limits:
        raise InvalidInput("HIPSPINE_ONLINE_LIMITS: production never goes without; unset it")
    hosts = tuple(filter(None, map(str.strip, variables.get("HIPSPINE_HOSTS", "").split(","))))
    if production and (not hosts or "*" in hosts):
        raise InvalidInput("HIPSPINE_HOSTS: production needs its host names, by comma, and no *")
    return Environment(
        production=production,
        debug=debug,
        data_dir=data_dir,
        secret_key=_secret(variables, production, data_dir),
        allowed_hosts=hosts or ("localhost", "127.0.0.1", "[::1]", "testserver"),
        database=database_from(variables.get("DATABASE_URL", ""), data_dir),
        email_url=mail_settings.email_url(variables),
        mail_from=mail_settings.mail_from(variables, hosts[0] if production else "localhost"),
        clinic_name=variables.get("HIPSPINE_CLINIC_NAME", "hipspine clinic"),
        clinic_phone=variables.get("HIPSPINE_CLINIC_PHONE") or DEMONSTRATION_PHONE,
        public_url=_public_url(variables, production, hosts),
        behind_proxy=_flag(variables, "HIPSPINE_BEHIND_PROXY"),
        second_factor=second_factor,
        online_limits=online_limits,
        charts_behind_glass=_flag(variables, "HIPSPINE_CHARTS_BEHIND_GLASS"),
        tasks_queued=production or _tasks_queued(variables),
        log_level=_log_level(variables),
    )


def _public_url(variables: Mapping[str, str], production: bool, hosts: tuple[str, ...]) -> str:
    """Where links in mails lead, without a slash at the end."""
    default = f"https://{hosts[0]}" if production else "http://127.0.0.1:8000"
    url = variables.get("HIPSPINE_PUBLIC_URL", "") or default
    parts = urlsplit(url)
    accepted = ("https",) if production else ("https", "http")
    if parts.scheme not in accepted or not parts.hostname or parts.query or parts.fragment:
        raise InvalidInput(
            f"HIPSPINE_PUBLIC_URL {url!r}: accepted: an address as https://clinic.example"
        )
    return url.rstrip("/")


def _tasks_queued(variables: Mapping[str, str]) -> bool:
    """Queued where `serve` runs the consumer; otherwise a local clinic does each at once."""
    tasks = variables.get("HIPSPINE_TASKS", "at_once")
    if tasks not in ("at_once", "queued"):
        raise InvalidInput(f"HIPSPINE_TASKS {tasks!r}: accepted: at_once or queued")
    return tasks == "queued"


def _log_level(variables: Mapping[str, str]) -> str:
    """`warning` leaves out the line of each request."""
    level = variables.get("HIPSPINE_LOG", "info")
    if level not in ("info", "warning"):
        raise InvalidInput(f"HIPSPINE_LOG {level!r}: accepted: info or warning")
    return level.upper()


def database_from(url: str, data_dir: Path) -> dict[str, object]:
    """Django's description of the database at this URL; SQLite in the data folder without one."""
    if not url or url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///") if url else ""
        return _sqlite(Path(path) if path else data_dir / "clinic.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in POSTGRES_SCHEMES or not parts.path.strip("/"):
        raise InvalidInput(
            "DATABASE_URL: accepted: postgresql://user:password@host:port/name or sqlite:///path"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, object]:
    """Writers queue (IMMEDIATE) instead of failing half-way; readers never wait (WAL)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
            ),
        },
    }


def make_data_dir(path: Path) -> None:
    """There, and nobody else's; one clear line where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        why = "" if os.access(path, os.W_OK | os.X_OK) else "Permission denied"
    except OSError as error:
        why = str(error.strerror)
    if why:
        raise InvalidInput(
            f"HIPSPINE_DATA_DIR {path}: {why}; accepted: a folder that this user may write"
        )


def _default_data_dir(variables: Mapping[str, str]) -> Path:
    base = variables.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base) / "hipspine"


def _flag(variables: Mapping[str, str], name: str, default: str = "0") -> bool:
    text = variables.get(name, default).lower()
    if text not in YES + NO:
        raise InvalidInput(f"{name} {text!r}: accepted: 1 or 0")
    return text in YES


def _secret(variables: Mapping[str, str], production: bool, data_dir: Path) -> str:
    """Production brings its own; a local clinic makes one once and keeps it beside its data."""
    secret = variables.get("HIPSPINE_SECRET_KEY", "")
    if production and (len(secret) < SHORTEST_SECRET or len(set(secret)) < 10):
        raise InvalidInput(
            f"HIPSPINE_SECRET_KEY: production needs {SHORTEST_SECRET} random characters or more"
        )
    if secret:
        return secret
    path = data_dir / "secret_key"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    make_data_dir(data_dir)
    secret = secrets.token_urlsafe(64)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret

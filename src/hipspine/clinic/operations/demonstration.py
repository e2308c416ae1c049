"""The demonstration clinic: invented people; every app that has something to add adds it here."""

from collections.abc import Callable

from django.conf import settings

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role
from hipspine.errors import InvalidInput

PASSWORD = "demonstration-clinic"  # printed, and refused in production
STAFF = (
    ("desk@demo.example", Role.FRONT_DESK, "Robin Ames"),
    ("clinician@demo.example", Role.CLINICIAN, "Dr Noor Haddad"),
    ("clinician2@demo.example", Role.CLINICIAN, "Dr Mei Castellanos"),
    ("therapist@demo.example", Role.PHYSICAL_THERAPIST, "Sam Okafor"),
    ("admin@demo.example", Role.CLINIC_ADMIN, "Jo Lindqvist"),
    ("auditor@demo.example", Role.AUDITOR, "Kim Ferrer"),
)
#: Other apps append: called once, after the staff exist; returns lines to print.
PARTS: list[Callable[[], list[str]]] = []


def make_demonstration() -> list[str]:
    """Make what is not there yet; the lines to show."""
    if settings.SECURE:
        raise InvalidInput("hipspine clinic demo: never in production; use HIPSPINE_ENV=local")
    for email, role, name in STAFF:
        if not User.objects.filter(email=email).exists():
            create_user(email, role, name=name, password=PASSWORD)
    lines = [f"{email} ({role.label})" for email, role, _ in STAFF]
    lines.append(f"password of each: {PASSWORD}")
    for part in PARTS:
        lines += part()
    return lines


def made_once() -> list[str]:
    """The lines of the first time again, while that demonstration is in the database."""
    notes = settings.DATA_DIR / "demonstration.txt"
    if notes.exists() and User.objects.filter(email=STAFF[0][0]).exists():
        return notes.read_text(encoding="utf-8").splitlines()
    lines = make_demonstration()
    notes.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines

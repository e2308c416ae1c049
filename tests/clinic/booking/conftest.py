"""A small clinic for the tests of booking; nothing is collected where Django is missing."""

from importlib.util import find_spec
from pathlib import Path

if find_spec("django") and find_spec("allauth"):
    from tests.clinic.booking.clinic_for_tests import *  # noqa: F403
    from tests.clinic.booking.served_clinic import served  # noqa: F401
else:
    collect_ignore = [p.name for p in Path(__file__).parent.glob("test_*.py")]

"""With the clinic's extra: Django and its fixtures. Without: these tests are not collected."""

from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
if find_spec("django") and find_spec("allauth"):
    from tests.clinic.django_for_tests import *  # noqa: F403
else:
    collect_ignore = [p.name for p in HERE.glob("test_*.py") if p.name != "test_is_installed.py"]

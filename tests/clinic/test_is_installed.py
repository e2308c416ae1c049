"""The clinic is an extra: without it there is one clear line, and the core works."""

import subprocess
import sys

import pytest

WITHOUT_DJANGO = """
import sys
sys.modules["django"] = sys.modules["allauth"] = None
sys.argv = ["hipspine", "clinic", "check"]
from hipspine.cli import main
main()
"""


def test_without_the_extra_there_is_one_clear_line():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "hipspine: the clinic is not installed; pip install 'hipspine[clinic]'"
    )


def test_the_clinic_is_here():
    pytest.importorskip("django", reason="an extra: pip install 'hipspine[clinic]'")
    assert __import__("hipspine.clinic.settings")

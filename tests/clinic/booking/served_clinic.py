"""A small clinic behind the real server: two processes, a database on disk, nothing shared."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clinic.test_serving import answers, free_port, wait_for

ROOT = Path(__file__).parents[3]
MAKE = (
    "import django; django.setup(); from tests.clinic.booking.clinic_for_tests import make_clinic; "
    "print(make_clinic().monday)"
)


class Served:
    """Its address, its database file, and the Monday on which everything is free."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "clinic.sqlite3"
        self.environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("HIPSPINE", "DATABASE"))
        } | {
            "HIPSPINE_DATA_DIR": str(folder),
            "HIPSPINE_SECOND_FACTOR": "0",
            "HIPSPINE_ONLINE_LIMITS": "0",
            "DJANGO_SETTINGS_MODULE": "hipspine.clinic.settings",
        }
        self.hipspine("migrate")
        made = subprocess.run(
            [sys.executable, "-c", MAKE], cwd=ROOT, env=self.environment, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        self.monday = made.stdout.strip()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def hipspine(self, *words: str) -> None:
        command = [Path(sys.executable).with_name("hipspine"), "clinic", *words]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def start(self) -> subprocess.Popen:
        command = [Path(sys.executable).with_name("hipspine"), "clinic", "serve"]
        server = subprocess.Popen(
            [*command, "--port", str(self.port), "--workers", "2"],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(lambda: answers(self.port))
        return server


@pytest.fixture
def served(tmp_path):
    """A running one."""
    clinic = Served(tmp_path)
    server = clinic.start()
    yield clinic
    server.terminate()
    server.wait(20)

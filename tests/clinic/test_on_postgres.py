"""The whole suite of the clinic once more, on a private PostgreSQL."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "postgres_for_tests.py"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="is on PostgreSQL already")
def test_the_same_suite_passes_on_postgres():
    postgres = load(SCRIPT)
    # Not the settings of this process: that one makes its own, with a data folder of its own.
    given = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "HIPSPINE"))}
    try:
        with postgres.private_postgres() as url:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
                 "-m", "not browser", str(Path(__file__).parent)],
                cwd=ROOT, env=given | {"DATABASE_URL": url}, capture_output=True, text=True,
                timeout=1800, check=False,
            )  # fmt: skip
    except postgres.NoPostgres as reason:
        pytest.skip(str(reason))
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout

"""`hipspine clinic ...`: what each command says, and one line for what cannot be done."""

import os
import re
import subprocess
import sys

import pytest

from tests.clinic.own_databases import makes_its_own_databases

pytestmark = makes_its_own_databases


@pytest.fixture
def run(tmp_path):
    given = {
        k: v for k, v in os.environ.items() if not k.startswith(("HIPSPINE", "DJANGO", "DATA"))
    }
    given |= {"HIPSPINE_DATA_DIR": str(tmp_path / "data")}

    def run(*words, **more):
        command = [sys.executable, "-c", "from hipspine.cli import main; main()", "clinic", *words]
        return subprocess.run(
            command, env=given | more, capture_output=True, text=True, check=False, cwd=tmp_path
        )

    return run


@pytest.mark.slow
def test_from_an_empty_folder_to_a_drilled_backup(run):
    assert "1 migrations" not in run("migrate").stdout
    assert "desk@demo.example" in run("demo").stdout
    assert "can sign in" in run("createuser", "a@x.example", "--role", "clinician").stdout
    assert "no longer" in run("closeuser", "A@x.example").stdout
    assert "password: " in run("reopenuser", "a@x.example").stdout
    assert re.match(r"\d{3,} events, unbroken; head \w{64}", run("audit", "verify").stdout)
    assert "unbroken" in run("check").stdout
    assert "audit head" in run("backup", "b").stdout
    assert run("restore", "b", "--drill").stdout.startswith("sound: ")
    again = run("restore", "b")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1) and "--replace" in again.stderr
    put_back = run("restore", "b", "--replace")
    assert put_back.stdout.startswith("restored"), put_back.stderr


@pytest.mark.slow
def test_the_first_command_of_the_operators_page_makes_its_folder(run, tmp_path):
    secret = "".join(chr(97 + n % 26) for n in range(64))
    own = {"HIPSPINE_ENV": "production", "HIPSPINE_SECRET_KEY": secret}
    done = run("migrate", **own, HIPSPINE_HOSTS="clinic.example, www.clinic.example")
    assert done.stdout == "the database is up to date\n", done.stderr[-300:]
    written = [tmp_path / "data", *(tmp_path / "data").iterdir()]
    assert len(written) > 2 and not any(path.stat().st_mode & 0o077 for path in written)


@pytest.mark.parametrize(
    ("words", "more", "says"),
    [
        (("check",), {"HIPSPINE_DATA_DIR": "/dev/null/data"}, "HIPSPINE_DATA_DIR"),
        (("createuser", "a@x.example", "--role", "king"), {}, "accepted: patient"),
        (("closeuser", "b@x.example"), {}, "hipspine clinic migrate"),
        (("check",), {}, "migrations to run"),
        (("check",), {"HIPSPINE_ENV": "production"}, "HIPSPINE_HOSTS"),
        (("check",), {"DATABASE_URL": "mysql://x"}, "accepted: postgresql://"),
        (("createuser", "a@x.example", "--role", "clinician"), {}, "hipspine clinic migrate"),
        (("audit", "verify"), {}, "hipspine clinic migrate"),
        (("demo",), {}, "hipspine clinic migrate"),
        (("check",), {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "database"),
        (("restore", "nowhere", "--drill"), {}, "nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_line(run, words, more, says):
    done = run(*words, **more)
    assert done.returncode == 2 and says in done.stderr
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr

"""The report's commands: pages to a file, a folder or a pipe, and clear lines where they cannot."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mujoco", reason="the mechanics extra is not installed")
CASES = Path(__file__).parents[1] / "examples" / "cases"
MAIN = "from hipspine.cli import main; main()"
EXAMPLE = CASES.parent / "invented" / "posture_and_steroids.json"


def hipspine(*words: object) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-c", MAIN, *map(str, words)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False)


@pytest.fixture
def two_cases(tmp_path: Path) -> Path:
    """Two cases whose ids would fall on one file name, and outside the folder."""
    file = tmp_path / "two.jsonl"
    ids = ("../a case", ".. a/case")
    file.write_text("\n".join(json.dumps({"id": name, "age": 50}) for name in ids))
    return file


def test_a_page_to_a_pipe_and_to_a_file(tmp_path: Path) -> None:
    piped = hipspine("assess", EXAMPLE, "--format", "html")
    assert piped.returncode == 0
    assert piped.stdout.startswith(b"<!DOCTYPE html>")
    written = hipspine("assess", EXAMPLE, "--format", "html", "--output", tmp_path / "a.html")
    assert written.returncode == 0
    assert written.stdout == b""
    assert (tmp_path / "a.html").read_bytes() == piped.stdout, "the same page each time"


def test_spanish(tmp_path: Path) -> None:
    file = tmp_path / "es.html"
    done = hipspine("assess", EXAMPLE, "--format=html", "--language=es", "--output", file)
    assert done.returncode == 0
    assert "Fuentes del dolor" in file.read_text()
    assert "Fuentes del dolor" in hipspine("assess", EXAMPLE, "--language=es").stdout.decode()


def test_a_pdf_to_a_pipe() -> None:
    pytest.importorskip("weasyprint")
    assert hipspine("assess", EXAMPLE, "--format", "pdf").stdout.startswith(b"%PDF")


def test_several_cases_make_a_folder_of_pages(two_cases: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "pages"
    assert hipspine("assess", two_cases, "--format=html", "--output", folder).returncode == 0
    assert sorted(file.name for file in folder.iterdir()) == ["a_case.html", "a_case_2.html"]


def test_json_and_text_to_a_file(tmp_path: Path) -> None:
    for format in ("json", "jsonl", "text"):
        file = tmp_path / format
        assert hipspine("assess", EXAMPLE, "--format", format, "--output", file).returncode == 0
        assert "sacroiliac" in file.read_text().lower()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--format=html"], "accepted: --output FOLDER"),
        (["--format=html", "--output", "{file}"], "several cases; accepted: a folder"),
        (["--format=html", "--language=fr"], "accepted: en or es"),
        (["--format=pdf", "--paper=A5"], "accepted: a4 or letter"),
        (["--format=json", "--language=es"], "accepted: text, html or pdf"),
        (["--format=json", "--output", "/nowhere/at/all"], "No such file or directory"),
    ],
)
def test_what_cannot_be_written_says_so_in_one_line(
    two_cases: Path, words: list[str], says: str
) -> None:
    done = hipspine("assess", two_cases, *(word.format(file=two_cases) for word in words))
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_sheet_for_the_patient(tmp_path: Path) -> None:
    confirm = ["--confirm", "sacroiliac_joint_pain:right", "--confirm-loads"]
    text = hipspine("summary", EXAMPLE, *confirm)
    assert text.returncode == 0
    assert b"When to get help at once" in text.stdout
    file = tmp_path / "sheet.html"
    done = hipspine(
        "summary", EXAMPLE, *confirm, "--format=html", "--language=es", "--output", file
    )
    assert done.returncode == 0
    assert "Cuándo pedir ayuda enseguida" in file.read_text()


def test_a_red_flag_is_told_to_the_clinician_beside_the_sheet() -> None:
    done = hipspine("summary", CASES / "ces_003.json", "--confirm", "radiculopathy_s1")
    assert b"emergency red flag" in done.stderr
    assert b"emergency red flag" not in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "only what a clinician confirmed; accepted: at least one --confirm"),
        (["--confirm", "lumbago"], "not a source of pain"),
        (["--confirm", "sacroiliac_joint_pain", "--come-back", "soon"], "a day as 2026-12-31"),
    ],
)
def test_a_sheet_that_cannot_be_says_why_in_one_line(words: list[str], says: str) -> None:
    done = hipspine("summary", CASES / "c2_sij_001.json", *words)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_sheet_is_of_one_case(two_cases: Path) -> None:
    done = hipspine("summary", two_cases, "--confirm", "hip_osteoarthritis")
    assert done.returncode == 2
    assert b"2 cases; accepted: a file with one" in done.stderr

"""The command line as a clinician meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hipspine.evidence import evidence

CASE = {
    "id": "invented-1",
    "age": 47,
    "sex": "M",
    "duration_weeks": 5,
    "side": "left",
    "pain_regions": ["buttock", "posterior_thigh", "calf"],
    "findings": [
        {"name": "pain below the knee worse with coughing", "present": True},
        {"name": "straight leg raise positive at 40 degrees", "present": True},
        {"name": "left ankle jerk absent", "present": True},
        {"name": "saddle anaesthesia", "present": False},
        {"name": "prefers tea to coffee", "present": True},
    ],
}
CONTRACT = {
    "id", "red_flags", "sources", "groups", "next_tests", "matched_findings", "ignored_findings",
    "unmatched_findings", "notices", "exact", "versions",
}  # fmt: skip


def run(*arguments: str, width: int = 100) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("hipspine")), *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"COLUMNS": str(width), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    return path


def test_json_keeps_the_contract(file: Path) -> None:
    done = run("assess", str(file), "--format", "json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert set(answer) >= CONTRACT
    assert len(answer["sources"]) == len(evidence().leaves)
    first = answer["sources"][0]
    assert first["condition"] == "radiculopathy_s1"
    assert first["side"] == "left"
    assert 0 <= first["low"] <= first["probability"] <= first["high"] <= 1
    reason = first["why"][0]
    assert set(reason) >= {"finding", "present", "decibans", "citations"}
    assert answer["versions"]["evidence"] == evidence().version


def test_what_was_not_understood_is_said(file: Path) -> None:
    answer = json.loads(run("assess", str(file), "--format", "json").stdout)
    told = {entry["name"] for entry in answer["unmatched_findings"]}
    told |= {entry["name"] for entry in answer["ignored_findings"]}
    assert "prefers tea to coffee" in told


@pytest.mark.parametrize("width", [60, 80, 120])
def test_text_fits_the_terminal_and_puts_red_flags_first(file: Path, width: int) -> None:
    urgent = {**CASE, "findings": [{"name": "saddle anaesthesia", "present": True}]}
    file.write_text(json.dumps(urgent), encoding="utf-8")
    done = run("assess", str(file), width=width)
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= width
    text = done.stdout.lower()
    assert text.index("emergency") < text.index("radiculopathy")


def test_stages_keep_only_what_was_asked_for(file: Path) -> None:
    history = run("assess", str(file), "--format", "json", "--stages", "history")
    everything = run("assess", str(file), "--format", "json")
    assert history.returncode == 0
    assert history.stdout != everything.stdout


def test_a_folder_is_assessed_whole(tmp_path: Path) -> None:
    for number in range(3):
        one = {**CASE, "id": f"invented-{number}"}
        (tmp_path / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
    done = run("assess", str(tmp_path), "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [
        "invented-0",
        "invented-1",
        "invented-2",
    ]


@pytest.mark.parametrize("id", ["slr", "hip_osteoarthritis", "lumbar_radiculopathy"])
def test_evidence_prints_what_is_known_with_its_studies(id: str) -> None:
    done = run("evidence", id, width=120)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 8
    assert any(year in done.stdout for year in ("19", "20"))


def test_evidence_of_nothing_lists_what_there_is() -> None:
    done = run("evidence", width=120)
    assert done.returncode == 0
    assert "hip_osteoarthritis" in done.stdout


def test_evidence_of_an_unknown_id_names_a_near_one() -> None:
    done = run("evidence", "hip_osteoartritis")
    assert done.returncode == 2
    assert "hip_osteoarthritis" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1

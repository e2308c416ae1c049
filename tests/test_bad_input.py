"""What a tired person types: exit 2, one line with what, where and what would be accepted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hipspine import patient_of
from hipspine.errors import InvalidInput

GOOD = {"id": "good", "age": 52, "sex": "F", "findings": [{"name": "groin pain", "present": True}]}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("hipspine")), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def case(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


def finding(name: str, **more: Any) -> dict[str, Any]:
    return case(findings=[{"name": name, "present": True, **more}])


WRONG = [
    ("age of 400", case(age=400), ["age", "400", "14 to 120"]),
    ("age in words", case(age="old"), ["age", "'old'", "14 to 120"]),
    ("no id", {"age": 40}, ["id is missing"]),
    ("a list", [1, 2], ["case 1", "JSON object"]),
    ("a misspelt key", case(fidnings=[]), ["'fidnings'", "did you mean 'findings'"]),
    ("an unknown finding id", finding("hip_ir_reducd"), ["hip_ir_reducd", "hip_ir_reduced"]),
    (
        "opposite answers",
        case(
            findings=[
                {"name": "fever", "present": True},
                {"name": "fever", "present": False},
            ]
        ),
        ["fever", "both present and absent", "date"],
    ),
    ("CRP in a wrong unit", finding("CRP", value="16.5 mm/h"), ["16.5", "mg/L"]),
    ("an angle of 400", finding("straight leg raise", value="400 deg"), ["400", "deg"]),
    ("no such side", finding("groin pain", side="upper"), ["side", "'upper'", "left, right"]),
    ("a stage that is none", finding("groin pain", stage="xray"), ["stage", "history, exam"]),
    ("presence as a number", finding("groin pain") | {"findings": [{"name": "x", "present": 7}]},
     ["present", "7", "true, false or null"]),
    ("2001 findings", case(findings=["groin pain"] * 2001), ["findings", "at most 2000"]),
    ("a height in cm", case(height_m=172), ["height_m", "172", "1.0 to 2.5"]),
    ("a date in words", finding("fever", date="last week"), ["date", "2024-05-31"]),
    (
        "a steroid course with half a range",
        case(steroid_courses=[{"drug": "prednisone", "dose_mg_low": 5}]),
        ["prednisone", "dose_mg"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "said"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_case_is_refused_in_one_line(tmp_path: Path, raw: object, said: list[str]) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        for entry in raw if isinstance(raw, list) else [raw]:
            patient_of(entry, f"case.json, case {1}")
    message = str(caught.value)
    assert "\n" not in message
    for part in said:
        assert part in message


FILES = [
    ("empty.json", b"", "is empty"),
    ("blank.json", b"  \n ", "is empty"),
    ("notes.json", b"dear colleague", "is not JSON at line 1"),
    ("cut.json", b'{"id": "a", ', "is not JSON"),
    ("latin1.json", '{"id": "ä"}'.encode("latin-1"), "is not UTF-8"),
    ("picture.json", b"\x89PNG\r\n\x1a\n", "is not UTF-8"),
    ("deep.json", b"[" * 200_000, "nested too deeply"),
    ("number.json", b"7", "JSON object"),
]


@pytest.mark.parametrize(("name", "content", "said"), FILES, ids=[f[0] for f in FILES])
def test_a_file_that_is_no_case_exits_2_without_a_traceback(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("assess", str(tmp_path / name))
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_ten_megabytes_of_findings_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    file.write_text(json.dumps(case(findings=["groin pain " * 10] * 100_000)), encoding="utf-8")
    done = run("assess", str(file))
    assert done.returncode == 2
    assert "MB" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run("assess", str(tmp_path / "nowhere.json"))
    assert done.returncode == 2
    assert "there is no such file" in done.stderr


def test_bad_lines_are_reported_by_number_and_good_ones_answered(tmp_path: Path) -> None:
    file = tmp_path / "ward.jsonl"
    lines = [json.dumps(GOOD), "{not json", json.dumps(case(id="b", age=400)), "", json.dumps(GOOD)]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = run("assess", str(file), "--format", "jsonl")
    assert done.returncode == 2
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["good", "good"]
    first, second = done.stderr.strip().splitlines()
    assert "line 2" in first
    assert "line 3" in second
    assert "400" in second


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--stages", "history,magic"), "history, exam"),
        (("--setting", "hospital"), "primary_care or spine_and_hip_clinic"),
    ],
)
def test_a_wrong_option_says_what_is_accepted(
    tmp_path: Path, option: tuple[str, str], said: str
) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    done = run("assess", str(file), *option)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_posture_that_cannot_be_stops_no_other_case(tmp_path: Path) -> None:
    """A posture is read late, by mechanics; its fault names the line all the same."""
    wrong = case(id="wrong", posture={"mass_kg": 0, "height_m": 1.6, "stance": "two_leg"})
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(c) + "\n" for c in (case(id="a"), wrong, case(id="b"))))
    said = run("assess", str(file), "--format", "jsonl")
    assert said.returncode == 2
    assert [json.loads(line)["id"] for line in said.stdout.splitlines()] == ["a", "b"]
    (line,) = said.stderr.splitlines()
    assert "cases.jsonl, line 2: posture: mass_kg: 0 is not accepted" in line

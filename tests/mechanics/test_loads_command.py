"""`hipspine loads FILE`: text, JSON, JSONL and SVG; bad entries are told and the rest answered."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hipspine.cli import app
from hipspine.errors import InvalidInput

GOOD = {"id": "a", "mass_kg": 75, "height_m": 1.75, "sex": "M", "stance": "left_leg"}
RUN = CliRunner()


def written(folder: Path, name: str, *objects: object) -> str:
    path = folder / name
    path.write_text("\n".join(json.dumps(o) for o in objects), encoding="utf-8")
    return str(path)


def test_text_tells_hips_discs_muscles_and_assumptions(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["loads", written(tmp_path, "p.json", GOOD)])
    assert done.exit_code == 0
    for word in ("left", "right", "% BW", "L4/5", "L5/S1", "gluteus medius", "Assumed"):
        assert word in done.output


def test_json_of_one_is_an_object_of_many_a_list(tmp_path: Path) -> None:
    one = RUN.invoke(app, ["loads", written(tmp_path, "p.json", GOOD), "--format", "json"])
    assert json.loads(one.output)["id"] == "a"
    two = written(tmp_path, "p.jsonl", GOOD, {**GOOD, "id": "b", "stance": "sitting"})
    many = RUN.invoke(app, ["loads", two, "--format", "json"])
    assert [x["id"] for x in json.loads(many.output)] == ["a", "b"]


def test_jsonl_answers_the_good_and_reports_the_bad(tmp_path: Path) -> None:
    file = written(tmp_path, "p.jsonl", GOOD, {**GOOD, "height_m": 178}, {**GOOD, "id": "c"})
    done = RUN.invoke(app, ["loads", file, "--format", "jsonl"])
    assert done.exit_code == 2
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "c"]
    assert "line 2: height_m: 178" in done.stderr


def test_svg_draws_one_posture(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["loads", written(tmp_path, "p.json", GOOD), "--format", "svg"])
    assert done.exit_code == 0
    assert done.output.startswith("<svg")


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"', "[[[[", "null"])
def test_files_that_hold_no_posture(tmp_path: Path, content: str) -> None:
    file = tmp_path / "p.json"
    file.write_text(content, encoding="utf-8")
    done = RUN.invoke(app, ["loads", str(file)])
    assert isinstance(done.exception, (InvalidInput, SystemExit))
    assert done.exit_code in (1, 2)  # main() turns InvalidInput into one line and 2


def test_a_day_is_answered(tmp_path: Path) -> None:
    parts = [{"hours": 8, "stance": "sitting"}, {"hours": 2, "stance": "left_leg"}]
    body = {"mass_kg": 75, "height_m": 1.75, "sex": "M", "day": parts}
    done = RUN.invoke(app, ["loads", written(tmp_path, "d.json", body), "--format", "json"])
    assert json.loads(done.output)["left_to_right"] > 1


def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    import subprocess
    import sys

    for content in ({**GOOD, "height_m": 178}, {**GOOD, "weight_share_left": 1.4}, {"day": []}):
        file = written(tmp_path, "p.json", content)
        code = "from hipspine.cli import main; main()"
        command = [sys.executable, "-c", code, "loads", file]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.startswith("hipspine: p.json")
        assert done.stderr.count("\n") == 1
    missing = RUN.invoke(app, ["loads", str(tmp_path / "none.json")])
    assert "there is no such file" in str(missing.exception)

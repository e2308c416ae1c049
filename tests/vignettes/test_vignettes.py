"""One invented, textbook patient for each source: hipspine must put that source first.

The stories are in `*.toml` beside this file and may be read as short lessons.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from hipspine import assess, patient_of
from hipspine.evidence import evidence

pytestmark = pytest.mark.usefixtures("compiled_sweep")
HERE = Path(__file__).parent
STORIES: list[dict[str, Any]] = [
    story
    for path in sorted(HERE.glob("*.toml"))
    for story in tomllib.loads(path.read_text(encoding="utf-8"))["patient"]
]
LEAVES = [leaf.id for leaf in evidence().leaves]


def case_of(story: dict[str, Any]) -> dict[str, Any]:
    """The story as a case file."""
    plain = {k: v for k, v in story.items() if k in ("age", "sex", "side", "duration_weeks")}
    findings = [{"name": name, "present": True} for name in story["found"]]
    findings += [{"name": name, "present": False} for name in story.get("absent", ())]
    regions = story.get("pain_regions", [])
    return {"id": story["source"], "findings": findings, "pain_regions": regions, **plain}


def test_every_source_has_its_patient() -> None:
    assert sorted(story["source"] for story in STORIES) == sorted(LEAVES)


@pytest.mark.parametrize("story", STORIES, ids=[s["source"] for s in STORIES])
def test_the_textbook_patient_is_recognised(story: dict[str, Any]) -> None:
    assessment = assess(patient_of(case_of(story)))
    ranked = [source.condition for source in assessment.sources]
    assert ranked[0] == story["source"], ranked[:3]


@pytest.mark.parametrize("story", STORIES, ids=[s["source"] for s in STORIES])
def test_every_word_of_the_story_is_understood(story: dict[str, Any]) -> None:
    patient = patient_of(case_of(story))
    assert [r.name for r in patient.readings if not r.understood] == []

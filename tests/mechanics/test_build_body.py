"""The tables are what the builder makes of myo_sim, to the last digit."""

import csv
import io

import pytest

pytest.importorskip("mujoco")
pytest.importorskip("myo_sim")

from hipspine.mechanics.build_body import DATA, Source, muscle_rows, segment_rows


def rows_of(name: str) -> list[list[str]]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [[cell for cell in row if cell] for row in csv.reader(io.StringIO(text))][1:]


@pytest.fixture(scope="module")
def source() -> Source:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Source()


def plain(rows: list[list[object]]) -> list[list[str]]:
    return [[str(cell) for cell in row if str(cell)] for row in rows]


def test_muscles_and_paths(source: Source) -> None:
    muscles, paths = muscle_rows(source)
    assert plain(muscles) == rows_of("muscles.csv")
    assert plain(paths) == rows_of("paths.csv")


def test_segments(source: Source) -> None:
    made, stands = plain(segment_rows(source)), rows_of("segments.csv")
    assert [[c.replace("-0.000000", "0.000000") for c in row] for row in made] == [
        [c.replace("-0.000000", "0.000000") for c in row] for row in stands
    ]

"""The chapter on hip osteoarthritis: every figure that can be compared agrees with its study."""

from docs.risk_hip_oa_section import hip_osteoarthritis_rows, hip_osteoarthritis_section


def test_no_published_figure_is_missed() -> None:
    rows = hip_osteoarthritis_rows()
    assert [row.what for row in rows if row.agrees is False] == []
    held_out = [row for row in rows if row.agrees and not row.built]
    assert len(held_out) >= 2


def test_the_chapter_has_a_line_for_each() -> None:
    lines = hip_osteoarthritis_section()
    table = [line for line in lines if line.startswith("| ")]
    assert len(table) == len(hip_osteoarthritis_rows()) + 1
    assert all(line.count("|") == 8 for line in table)

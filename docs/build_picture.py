"""Make docs/assessment.svg, the pictures of a real assessment in the README.

`python docs/build_picture.py [CASE]` from the repository root.
"""

import re
import sys
from pathlib import Path

from hipspine import assess, read_cases
from hipspine.report.body_map_svg import body_map_svg
from hipspine.report.picture_frame import WIDTH
from hipspine.report.probability_svg import probability_svg
from hipspine.report.reasons_svg import reasons_svg

ROOT = Path(__file__).parent.parent
CASE = ROOT / "examples" / "cases" / "c2_rad_003.json"
GAP = 16.0


def main(case: Path = CASE) -> None:
    """The body map, and beside it the probabilities above the reasons."""
    assessment = assess(read_cases(case)[0])
    body, chances, reasons = (
        picture(assessment) for picture in (body_map_svg, probability_svg, reasons_svg)
    )
    right = WIDTH + GAP
    below = height_of(chances) + GAP
    placed = at(0, 0, body) + at(right, 0, chances) + at(right, below, reasons)
    width, height = right + WIDTH, max(height_of(body), below + height_of(reasons))
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}">{placed}</svg>\n'
    )
    (ROOT / "docs" / "assessment.svg").write_text(picture, encoding="utf-8")


def height_of(svg: str) -> float:
    """The height that the picture's own view box gives."""
    told = re.search(r'viewBox="0 0 \S+ (\S+)"', svg)
    assert told, "every picture has a view box"
    return float(told[1])


def at(x: float, y: float, svg: str) -> str:
    """The picture with its top left corner there."""
    place = f'x="{x:g}" y="{y:g}" width="{WIDTH:g}" height="{height_of(svg):g}"'
    return svg.replace("<svg ", f"<svg {place} ", 1)


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:2]))

"""Make docs/assessment.svg, the picture of a real assessment in the README.

`python docs/build_picture.py [CASE]` from the repository root.
"""

import io
import sys
from pathlib import Path

from rich.console import Console

from hipspine import assess, read_cases
from hipspine.report.as_text import show

ROOT = Path(__file__).parent.parent
CASE = ROOT / "examples" / "cases" / "rad_011.json"


def main(case: Path = CASE) -> None:
    """Draw the terminal answer to one example case."""
    console = Console(record=True, width=110, file=io.StringIO())
    show(assess(read_cases(case)[0]), console)
    console.save_svg(str(ROOT / "docs" / "assessment.svg"), title=f"hipspine assess {case.name}")


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:2]))

"""How long whole processes take, as medians; `reasoning_speed` times the reasoning by part."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

CASES = Path(__file__).parent.parent / "examples" / "cases"
RUNS = 7


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of `runs` calls."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def python(*arguments: str) -> Callable[[], object]:
    """A fresh interpreter with these arguments."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def processes(table: Table) -> None:
    """Whole processes, beside an interpreter that does nothing and one that imports numpy."""
    case = str(sorted(CASES.glob("*.json"))[0])
    table.add_row("process: python, nothing", _ms(seconds(python("-c", "pass"))), "")
    table.add_row("process: import numpy", _ms(seconds(python("-c", "import numpy"))), "")
    table.add_row("process: import hipspine", _ms(seconds(python("-c", "import hipspine"))), "300")
    hipspine = str(Path(sys.executable).with_name("hipspine"))
    assess = seconds(python(hipspine, "assess", case))
    table.add_row("process: hipspine assess FILE", _ms(assess), "1500")


def _ms(value: float) -> str:
    return f"{value * 1000:.1f} ms"


def main() -> None:
    """Print the table."""
    table = Table("what", "measured", "target (ms)", title="Speed")
    processes(table)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()

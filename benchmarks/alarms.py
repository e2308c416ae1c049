"""Red flags on the published cases: urgent ones flagged, and false alarms on the others.

The cases are taken whole: a warning may rest on the finding that gives the answer away.
"""

import json
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.open_cases import CASES
from hipspine import assess, patient_of

#: Sources that are urgent or an emergency whenever they are the source.
URGENT = frozenset(
    {
        "cauda_equina_syndrome", "spinal_infection", "septic_sacroiliitis", "psoas_abscess",
        "septic_hip_arthritis", "spinal_malignancy", "pelvic_or_retroperitoneal_tumour",
        "vertebral_compression_fracture", "hip_fracture_occult", "femoral_neck_stress_fracture",
        "abdominal_aortic_aneurysm", "iliopsoas_haematoma",
    }
)  # fmt: skip


def cases(folder: Path = CASES) -> list[dict[str, Any]]:
    """The published cases as they are written."""
    return [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]


def is_urgent(case: dict[str, Any]) -> bool:
    """Whether a true source is urgent."""
    return not URGENT.isdisjoint(case["diagnosis"]["conditions"])


def fired(case: dict[str, Any]) -> tuple[str, ...]:
    """Rules that fired as emergency or urgent."""
    flags = assess(patient_of(case, case["id"])).red_flags
    return tuple(f.rule for f in flags if f.level in ("emergency", "urgent"))


def alarms() -> list[tuple[str, bool, tuple[str, ...]]]:
    """(case, whether a true source is urgent, rules that fired as emergency or urgent)."""
    return [(case["id"], is_urgent(case), fired(case)) for case in cases()]


def main() -> None:
    """Print how many urgent cases were flagged, and the false alarms."""
    console = Console(width=130)
    found = alarms()
    urgent = [rules for _, is_one, rules in found if is_one]
    others = [(case, rules) for case, is_one, rules in found if not is_one]
    false = [(case, rules) for case, rules in others if rules]
    console.print(f"\nRed flags: {sum(map(bool, urgent))} of {len(urgent)} urgent cases flagged")
    console.print(
        f"Alarms on the others: {len(false)} of {len(others)} = {len(false) / len(others):.0%}"
    )
    for case, rules in false:
        console.print(f"  {case}: {', '.join(rules)}")


if __name__ == "__main__":
    main()

"""Red flags on the published cases: urgent ones flagged, and false alarms on the others.

The cases are taken whole: a warning may rest on the finding that gives the answer away.
"""

import json
from pathlib import Path

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


def alarms(folder: Path = CASES) -> list[tuple[str, bool, tuple[str, ...]]]:
    """(case, whether a true source is urgent, rules that fired as emergency or urgent)."""
    answered = []
    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        flags = assess(patient_of(raw, path.name)).red_flags
        fired = tuple(f.rule for f in flags if f.level in ("emergency", "urgent"))
        answered.append((raw["id"], bool(URGENT & set(raw["diagnosis"]["conditions"])), fired))
    return answered


def main() -> None:
    """Print how many urgent cases were flagged, and the false alarms."""
    console = Console(width=130)
    found = alarms()
    urgent = [fired for _, is_urgent, fired in found if is_urgent]
    others = [(case, fired) for case, is_urgent, fired in found if not is_urgent]
    false = [(case, fired) for case, fired in others if fired]
    console.print(f"\nRed flags: {sum(map(bool, urgent))} of {len(urgent)} urgent cases flagged")
    console.print(
        f"Alarms on the others: {len(false)} of {len(others)} = {len(false) / len(others):.0%}"
    )
    for case, fired in false:
        console.print(f"  {case}: {', '.join(fired)}")


if __name__ == "__main__":
    main()

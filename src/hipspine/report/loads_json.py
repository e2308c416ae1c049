"""Loads as plain JSON data, in the shape that the README documents."""

from dataclasses import asdict
from typing import Any

from hipspine import __version__
from hipspine.mechanics.day import DayLoads
from hipspine.mechanics.loads import Band, Loads
from hipspine.mechanics.typical_loads import TypicalLoads


def loads_data(loads: Loads) -> dict[str, Any]:
    """The answer as dicts, lists, numbers and text."""
    return {
        "id": loads.id,
        **asdict(loads.figures),
        "muscles": [asdict(muscle) for muscle in loads.muscles],
        "tissues": [asdict(tissue) for tissue in loads.tissues],
        "reserves_nm": loads.reserves_nm,
        "beyond_muscles": [asdict(row) for row in loads.beyond_muscles],
        "bands": bands_data(loads.bands),
        "neutral": asdict(loads.neutral),
        "ratio_to_neutral": ratio_data(loads),
        "assumptions": list(loads.assumptions),
        "warnings": list(loads.warnings),
        "versions": {"hipspine": __version__, **loads.versions},
    }


def bands_data(band: Band | None) -> dict[str, Any] | None:
    """The shape of the figures, each number a [low, high]."""
    return None if band is None else _paired(asdict(band.low), asdict(band.high))


def _paired(low: Any, high: Any) -> Any:
    if isinstance(low, dict):
        return {key: _paired(low[key], high[key]) for key in low}
    if isinstance(low, (list, tuple)):
        return [_paired(a, b) for a, b in zip(low, high, strict=True)]
    return [low, high]


def ratio_data(loads: Loads) -> dict[str, Any]:
    """The shape of the figures; null where a ratio says nothing (directions, shear)."""
    empty: dict[str, Any] = _emptied(asdict(loads.neutral))
    ratio = asdict(loads.ratio_to_neutral)
    for part in ("left", "right"):
        hip = ratio[part]
        empty[part]["hip_contact_force_n"] = hip["hip_contact_force"]
        empty[part]["hip_contact_force_percent_bw"] = hip["hip_contact_force"]
        empty[part]["peak_contact_pressure_mpa"] = hip["peak_contact_pressure"]
        empty[part]["abductor_force_n"] = hip["abductor_force"]
    for part in ("l4_l5", "l5_s1"):
        empty[part]["compression_n"] = ratio[part]["compression"]
        empty[part]["intradiscal_pressure_mpa"] = ratio[part]["intradiscal_pressure"]
    return empty


def _emptied(value: Any) -> Any:
    return {key: _emptied(item) for key, item in value.items()} if isinstance(value, dict) else None


def day_data(day: DayLoads) -> dict[str, Any]:
    """A day as plain data; `bands` has left and right, each number a [low, high]."""
    data = asdict(day)
    low, high = data.pop("low"), data.pop("high")
    data["bands"] = None if low is None or high is None else _paired(low, high)
    return {**data, "versions": {"hipspine": __version__}}


def typical_data(loads: TypicalLoads) -> dict[str, Any]:
    """Loads over a typical posture: the keys of `loads_data`, and that nothing was measured."""
    typical = loads.typical
    return {
        "measured": False,
        "typical_of": {"condition": typical.condition, "side": typical.side},
        **asdict(loads.figures),
        "bands": bands_data(loads.bands),
        "neutral": asdict(loads.neutral),
        "left_more_share": loads.left_more_share,
        "beyond_muscles_share": loads.beyond_muscles_share,
        "posture": [asdict(spread) for spread in typical.spreads],
        "assumptions": list(loads.assumptions),
        "citations": list(typical.citations),
    }

"""What this room says beside what was measured: one list for the tests and for the document.

Each row names a posture of one person, the figure compared, the measured reference with its
source, and what is accepted. `fitted` rows are those that a constant was set on (constants.py names
them); all others are predictions, with one reservation: the lever of the erector spinae was
corrected to that of scans because lifts had come out too high. Postures are our reading of what the
study describes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from hipspine.mechanics.answer import solve
from hipspine.mechanics.loads import Loads
from hipspine.mechanics.posture import Guarding, Posture

#: Wilke's volunteer: 45 years, 70 kg; 1.74 m.
WILKE = {"mass_kg": 70.0, "height_m": 1.74, "sex": "M"}
#: The build of the OrthoLoad patients whose stature and weight are open: means.
ORTHOLOAD = {"mass_kg": 83.0, "height_m": 1.76, "sex": "M"}

_WILKE_1999 = "Wilke 1999, Spine 24:755, doi 10.1097/00007632-199904150-00005"
_WILKE_2001 = "Wilke 2001, Clin Biomech 16:S111, doi 10.1016/S0268-0033(00)00103-0"
_BERGMANN_2016 = "Bergmann 2016, doi 10.1371/journal.pone.0155612, as extracted by Fischer 2021"
_BRAND_1980 = "Brand and Crowninshield 1980, doi 10.1097/00003086-198003000-00030"
_BERGMANN_1997 = "Bergmann 1997, Clin Orthop 335:190 (remembered; walking, not stance)"
_DREISCHARF_2015 = "Dreischarf 2015, doi 10.1016/j.jbiomech.2015.01.007"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; `low` and `high` bound what is accepted."""

    name: str
    study: str
    measured: str
    unit: str
    low: float
    high: float
    figure: Callable[[], float]
    fitted: bool = False
    note: str = ""


@cache
def _solved(items: tuple[tuple[str, Any], ...]) -> Loads:
    return solve(Posture(**dict(items)), bands=False)


def loads_of(**posture: Any) -> Loads:
    """The loads of a posture, kept."""
    return _solved(tuple(posture.items()))


def pressure(**posture: Any) -> float:
    """L4/5 pressure of Wilke's volunteer, MPa."""
    return loads_of(**WILKE, **posture).figures.l4_l5.intradiscal_pressure_mpa


def hip(side: str = "left", **posture: Any) -> float:
    """Hip contact force of the OrthoLoad mean build, %BW."""
    figures = loads_of(**{**ORTHOLOAD, **posture}).figures
    return float(getattr(figures, side).hip_contact_force_percent_bw)


def most_reserve(loads: Loads) -> float:
    """Nm: the largest moment that the muscles leave over."""
    return max(abs(reserve) for reserve in loads.reserves_nm.values())


LIFT = {"front_load_kg": 20.0}
ONE = {"stance": "left_leg"}
CHAIR = {"stance": "sitting"}
TWO = {"stance": "two_leg"}
QUARTER = 83.0 / 4


def _carrying() -> float:
    opposite = hip(**ONE, hand_load_right_kg=QUARTER)
    return opposite / hip(**ONE, hand_load_left_kg=QUARTER)


def _slope(first: float, last: float) -> float:
    rise = pressure(**TWO, trunk_flexion_deg=last) - pressure(**TWO, trunk_flexion_deg=first)
    return rise / (last - first)


def _guarding_rises() -> float:
    """The least rise of the guarded side's hip over 0, 25, 50, 75 and 100 % guarding, %BW."""
    levels = (0.0, 0.25, 0.5, 0.75, 1.0)
    hips = [hip(**TWO, guarding=Guarding(left=level)) for level in levels]
    return min(after - before for before, after in pairwise(hips))


def _rise_from_chair(hands: str | None = None) -> float:
    """L4/5 force when the seat has just been left, % of standing."""
    rising: dict[str, Any] = {
        "trunk_flexion_deg": 40.0,
        "hip_flexion_deg": 80.0,
        "knee_flexion_deg": 85.0,
    }
    rising |= {"hands": hands}
    standing = loads_of(**WILKE, **TWO).figures.l4_l5.compression_n
    return loads_of(**WILKE, **TWO, **rising).figures.l4_l5.compression_n / standing * 100


ROWS = (
    Row(
        "two-leg standing, each hip",
        "older report (80 to 100 %BW), unchecked",
        "80-100",
        "%BW",
        70,
        110,
        lambda: hip(**TWO),
        fitted=True,
        note="resting activation set on this row and on standing L4/5 pressure",
    ),
    Row(
        "single-leg stance, mean build",
        _BERGMANN_2016,
        "261 +- 29 (219-328)",
        "%BW",
        235,
        287,
        lambda: hip(**ONE),
        fitted=True,
        note="lean of the trunk (5.9 degrees) set on this row",
    ),
    Row(
        "cane in the other hand, 15 %BW: hip load left",
        _BRAND_1980,
        "about 60",
        "% of without",
        45,
        75,
        lambda: hip(**ONE, cane_hand="right", cane_force_percent_bw=15.0) / hip(**ONE) * 100,
    ),
    Row(
        "25 %BW in one hand: opposite hip / same-side hip, each in its own stance",
        _BERGMANN_1997,
        "1.67",
        "ratio",
        1.3,
        2.0,
        _carrying,
        fitted=True,
        note="share of the load that the trunk leans against",
    ),
    Row(
        "more lean over the stance leg",
        "sign; -4.5 %BW a degree in an earlier trial",
        "lower",
        "%BW a degree",
        -12,
        -1,
        lambda: (
            (hip(**ONE, trunk_lateral_lean_deg=-8.0) - hip(**ONE, trunk_lateral_lean_deg=0.0)) / 8
        ),
    ),
    Row(
        "one-sided guarding, least rise of that hip over five levels",
        "sign (monotonic)",
        "rises",
        "%BW",
        0,
        500,
        _guarding_rises,
    ),
    Row(
        "standing, L4/5 pressure",
        _WILKE_1999,
        "0.50 (0.43-0.5)",
        "MPa",
        0.40,
        0.60,
        lambda: pressure(**TWO),
        fitted=True,
        note="resting activation; prestress of the disc added with this row in view",
    ),
    Row(
        "standing bent forward (36 degrees)",
        _WILKE_1999,
        "1.1",
        "MPa",
        0.9,
        1.3,
        lambda: pressure(**TWO, trunk_flexion_deg=36.0),
    ),
    Row(
        "slope of L4/5 pressure, 33 to 60 over 10 to 33 degrees",
        _DREISCHARF_2015,
        "falls (plateau)",
        "ratio",
        0,
        0.999,
        lambda: _slope(33.0, 60.0) / _slope(10.0, 33.0),
        note="falls, but keeps rising: no plateau",
    ),
    Row(
        "20 kg, round back",
        _WILKE_1999,
        "2.3",
        "MPa",
        1.61,
        2.99,
        lambda: pressure(**TWO, **LIFT, trunk_flexion_deg=70.0, front_load_distance_m=0.40),
    ),
    Row(
        "20 kg, bent knees",
        _WILKE_1999,
        "1.7",
        "MPa",
        1.19,
        2.21,
        lambda: pressure(
            **TWO,
            **LIFT,
            trunk_flexion_deg=40.0,
            knee_flexion_deg=90.0,
            front_load_distance_m=0.35,
        ),
    ),
    Row(
        "20 kg close to the body",
        _WILKE_1999,
        "1.1",
        "MPa",
        0.77,
        1.43,
        lambda: pressure(**TWO, **LIFT, front_load_distance_m=0.25),
    ),
    Row(
        "20 kg held 60 cm away",
        _WILKE_2001,
        "1.8",
        "MPa",
        1.26,
        2.34,
        lambda: pressure(**TWO, **LIFT, front_load_distance_m=0.60),
    ),
    Row(
        "sitting, relaxed, no backrest",
        _WILKE_1999,
        "0.46",
        "MPa",
        0.322,
        0.598,
        lambda: pressure(**CHAIR),
        fitted=True,
        note="compression by passive tissue. Against standing: +40 % in Nachemson, -8 % in Wilke",
    ),
    Row(
        "sitting slouched into a backrest (30 degrees, lordosis -25)",
        _WILKE_1999,
        "0.27-0.33",
        "MPa",
        0.19,
        0.43,
        lambda: pressure(**CHAIR, backrest_inclination_deg=30.0, lumbar_lordosis_change_deg=-25.0),
        fitted=True,
        note="friction of the backrest",
    ),
    Row(
        "sitting bent forward (30 degrees)",
        _WILKE_1999,
        "0.83",
        "MPa",
        0.581,
        1.079,
        lambda: pressure(**CHAIR, trunk_flexion_deg=30.0),
    ),
    Row(
        "lying prone",
        _WILKE_1999,
        "0.10",
        "MPa",
        0.0,
        0.20,
        lambda: pressure(stance="lying_prone"),
    ),
    Row(
        "lying on the side",
        _WILKE_1999,
        "0.12",
        "MPa",
        0.02,
        0.22,
        lambda: pressure(stance="lying_side"),
    ),
    Row(
        "rising from a chair, one static frame, L4/5 force",
        "Rohlmann, instrumented vertebra: 380 % of standing (a movement)",
        "380",
        "% of standing",
        190,
        570,
        _rise_from_chair,
        note="a snapshot cannot claim a movement: shown, wide bounds",
    ),
    Row(
        "rising with the hands on armrests, one static frame, L4/5 force",
        "Rohlmann, instrumented vertebra: 180 % of standing (a movement)",
        "180",
        "% of standing",
        90,
        270,
        lambda: _rise_from_chair("on_armrests"),
        note="as above; what the hands carry is a judgement",
    ),
)

#: Postures of the rows above, for the check that the muscles hold all of them.
POSTURES = (
    {**ORTHOLOAD, **TWO},
    {**ORTHOLOAD, **ONE},
    {**ORTHOLOAD, **ONE, "cane_hand": "right", "cane_force_percent_bw": 15.0},
    {**ORTHOLOAD, **ONE, "hand_load_right_kg": QUARTER},
    {**ORTHOLOAD, **ONE, "hand_load_left_kg": QUARTER},
    {**ORTHOLOAD, **TWO, "guarding": {"left": 1.0}},
    {**WILKE, **TWO},
    {**WILKE, **TWO, "trunk_flexion_deg": 60.0},
    {**WILKE, **TWO, **LIFT, "trunk_flexion_deg": 70.0, "front_load_distance_m": 0.40},
    {**WILKE, **TWO, **LIFT, "trunk_flexion_deg": 40.0, "knee_flexion_deg": 90.0},
    {**WILKE, **TWO, **LIFT, "front_load_distance_m": 0.25},
    {**WILKE, **TWO, **LIFT, "front_load_distance_m": 0.60},
    {**WILKE, **CHAIR},
    {**WILKE, **CHAIR, "backrest_inclination_deg": 30.0, "lumbar_lordosis_change_deg": -25.0},
    {**WILKE, **CHAIR, "trunk_flexion_deg": 30.0},
    {**WILKE, "stance": "lying_prone"},
)

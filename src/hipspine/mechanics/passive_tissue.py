"""Ligaments, tendons and discs under a posture that is held, against published figures."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from hipspine.mechanics.sustained_muscle import group_shares
from hipspine.mechanics.tissue import Held, Side, Tissue, tissue
from hipspine.mechanics.tissue_tables import Limit, limits

#: Judgement: what was seen in full flexion is told from this share of it on.
NEAR_FULL = 0.8


def lumbar_ligaments(held: Held, minutes: float) -> Iterable[Tissue]:
    """Creep was measured in full flexion; in less, from the least share tested, at most that."""
    table = limits()
    full, margin, least = (
        table[k] for k in ("lumbar_flexion_full", "lumbar_flexion_margin", "relaxation_least_share")
    )
    flexion = math.degrees(held.lumbar_flexion_rad)
    if flexion < least.value * full.value:
        return
    most = creep_deg(minutes)
    creep = (most if flexion >= full.value else 0.0, most)
    half, spasms = table["flexion_half_recovery"], table["flexion_spasms"]
    known = (
        f"lumbar spine at {flexion / full.value:.0%} of its full flexion; "
        f"after {minutes:.0f} min at most {most:.0f} degrees more by creep; half of the stiffness "
        f"returns within {half.value:.0f} min, all of it takes longer than the creep took"
    )
    near_full = minutes >= spasms.value and flexion >= NEAR_FULL * full.value
    if near_full:
        known += (
            f"; after {spasms.value:.0f} min back muscles fall silent later and wake earlier, "
            "with spasms in more than half of healthy people"
        )
    used = [full, margin, least, table["flexion_creep"], table["flexion_creep_time"], half]
    yield tissue(
        ("posterior lumbar ligaments and fascia", "ligament", "midline"),
        (flexion, "degrees", full.value + margin.value),
        minutes,
        known,
        (*used, *([spasms] if near_full else [])),
        creep=creep,
    )


def creep_deg(minutes: float) -> float:
    """Further flexion (degrees) after holding full flexion so long; beyond 20 min extrapolated."""
    table = limits()
    constant = table["flexion_creep_time"].value
    test = table["flexion_creep_test"].value
    whole = table["flexion_creep"].value / (1 - math.exp(-test / constant))
    return whole * (1 - math.exp(-minutes / constant))


#: Judgement: what is told of hanging on a hip starts here; posture is measured to 2 degrees.
LEAST_ADDUCTION_DEG = 4.0


def gluteal_tendons(held: Held, minutes: float) -> Iterable[Tissue]:
    """Hanging on one hip presses its gluteal tendons under the iliotibial band."""
    table = limits()
    points = [table[f"trochanter_pressure_{angle}"] for angle in (0, 10, 40)]
    shares = group_shares(held.muscles)
    rupture, isometric = table["tendon_creep_rupture"], table["tendon_isometric_stress"]
    sides: tuple[Side, Side] = ("left", "right")
    for side, adduction in zip(sides, held.hip_adduction_rad, strict=True):
        angle = math.degrees(adduction)
        if angle >= LEAST_ADDUCTION_DEG:
            force = _between(angle, ((0, points[0]), (10, points[1]), (40, points[2])))
            known = (
                f"thigh {angle:.0f} degrees towards the midline: in cadavers the iliotibial band "
                f"then presses with about {force:.0f} N, against {points[0].value:.0f} N straight"
            )
            name = "gluteal tendons under the iliotibial band"
            yield tissue((name, "tendon", side), (force, "N", None), minutes, known, points)
        share = shares.get(("hip abductors", side), 0.0)
        if share >= table["long_holding_share"].value:
            stress = share * isometric.value
            known = (
                f"about {stress:.1f} MPa if it is built like the animal tendon that crept to "
                f"rupture from {rupture.value:.0f} MPa on"
            )
            yield tissue(
                ("gluteal tendons", "tendon", side),
                (stress, "MPa", rupture.value),
                minutes,
                known,
                (rupture, isometric),
            )


def _between(angle: float, points: Sequence[tuple[float, Limit]]) -> float:
    """Straight lines between the points measured; the last value beyond them."""
    for (a, low), (b, high) in pairwise(points):
        if angle <= b:
            return low.value + (high.value - low.value) * (angle - a) / (b - a)
    return points[-1][1].value


#: Judgement: a load below this share of a limit is no news.
WORTH_SAYING = 0.5


def lumbosacral_disc(held: Held, minutes: float) -> Iterable[Tissue]:
    loads = {
        "l5_s1_compression": ("L5/S1 disc, compression", held.l5_s1_compression_n),
        "l5_s1_shear": ("L5/S1 disc, forward shear", held.l5_s1_anterior_shear_n),
    }
    for key, (name, load) in loads.items():
        limit = limits()[key]
        if load < WORTH_SAYING * limit.value:
            continue
        known = f"{load / limit.value:.0%} of a limit recommended for work, not one of injury"
        yield tissue((name, "disc", "midline"), (load, "N", limit.value), minutes, known, (limit,))

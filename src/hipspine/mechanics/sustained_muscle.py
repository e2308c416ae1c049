"""How long muscles hold what a posture asks of them, against published endurance."""

from collections.abc import Iterable
from functools import cache

from hipspine.mechanics.tissue import Held, MuscleState, Side, Source, Tissue, tissue
from hipspine.mechanics.tissue_tables import endurance_curves, limits

#: Muscle groups by the beginnings of their muscles' names, and the region whose endurance holds.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "erector spinae": ("trunk", ("IL_", "LTpT", "LTpL")),
    "multifidus": ("trunk", ("MF_",)),
    "quadratus lumborum": ("trunk", ("QL_",)),
    "abdominal obliques": ("trunk", ("EO", "IO")),
    "rectus abdominis": ("trunk", ("rect_abd",)),
    "iliopsoas": ("leg", ("Ps_", "psoas", "iliacus")),
    "hip abductors": ("leg", ("glmed", "glmin", "tfl")),
    "gluteus maximus": ("leg", ("glmax",)),
    "hamstrings": ("leg", ("bflh", "semimem", "semiten")),
    "hip adductors": ("leg", ("add", "grac")),
    "quadriceps": ("leg", ("recfem", "vas")),
    "calf": ("leg", ("gas", "soleus")),
}
BACK_EXTENSORS = frozenset({"erector spinae", "multifidus"})


def endurance_minutes(share: float, region: str) -> tuple[float, float] | None:
    """(shortest, longest) by the curves that were measured at this share; None: by none."""
    seconds = [
        curve.seconds(share)
        for curve in endurance_curves()
        if curve.region in (region, "any") and share >= curve.least_share
    ]
    return (min(seconds) / 60, max(seconds) / 60) if seconds else None


def group_shares(muscles: Iterable[MuscleState]) -> dict[tuple[str, Side], float]:
    """Force over full force of every group and side."""
    force: dict[tuple[str, Side], float] = {}
    full: dict[tuple[str, Side], float] = {}
    for muscle in muscles:
        group = group_of(muscle.name)
        if group is None or muscle.activation <= 0:
            continue
        key = (group, _side(muscle.side))
        force[key] = force.get(key, 0.0) + muscle.force_n
        full[key] = full.get(key, 0.0) + muscle.force_n / muscle.activation
    return {key: force[key] / full[key] for key in force if full[key] > 0}


@cache
def group_of(muscle: str) -> str | None:
    """The group a muscle belongs to, by its name."""
    return next((g for g, (_, names) in GROUPS.items() if muscle.startswith(names)), None)


def _side(side: str) -> Side:
    if side in ("l", "left"):
        return "left"
    return "right" if side in ("r", "right") else "midline"


def sustained_muscles(held: Held, minutes: float) -> Iterable[Tissue]:
    """Groups above the level that is thought to do no harm over a working day."""
    all_day = limits()["long_holding_share"]
    for (group, side), share in group_shares(held.muscles).items():
        if share < all_day.value:
            continue
        region = GROUPS[group][0]
        lasts = endurance_minutes(share, region)
        used = [c for c in endurance_curves() if c.region in (region, "any")]
        used = [c for c in used if share >= c.least_share]
        known = f"{share:.0%} of its full force; {_lasting(lasts, minutes)}"
        sources: list[Source] = [all_day]
        oxygen = limits()["oxygenation_share"]
        if group in BACK_EXTENSORS and lasts is not None:
            healthy, pain = limits()["sorensen_healthy"], limits()["sorensen_back_pain"]
            known += (
                f"; with chronic low back pain the back holds about "
                f"{pain.value / healthy.value:.0%} as long"
            )
            sources += [healthy, pain]
            if share >= oxygen.value:
                known += f"; oxygen in the muscle falls from {oxygen.value:.0%}"
                sources.append(oxygen)
        yield tissue(
            (group, "muscle", side),
            (100 * share, "% of full force", 100 * all_day.value),
            minutes,
            known,
            (*used, *sources),
            endurance=lasts,
        )


def _lasting(lasts: tuple[float, float] | None, minutes: float) -> str:
    if lasts is None:
        most = limits()["long_holding_share"].value
        return f"above the {most:.0%} advised for a working day; how long it lasts was not measured"
    low, high = lasts
    span = f"{low:.0f} to {high:.0f}" if round(low) != round(high) else f"about {high:.0f}"
    verdict = "less than the time held" if high < minutes else "enough for the time held"
    if low < minutes <= high:
        verdict = "the curves disagree whether that is enough"
    return f"healthy people hold this {span} min: {verdict}"

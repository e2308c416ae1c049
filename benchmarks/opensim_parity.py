"""Static optimisation and joint reactions: hipspine's solver beside OpenSim's, one model.

One OpenSim model (`opensim_model.py`) is turned into arrays (`opensim_arrays.py`); the same
resting postures go through OpenSim's StaticOptimization and JointReaction and through ours.
OpenSim's time a posture is that of one frame more in a run of its AnalyzeTool with its log off:
start-up, loading and the first frame do not count against it. Seconds are those of the
processor, so that other work on the machine counts against neither.
"""

import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

POSTURES, FRAMES, STEP_S = 6, 6, 0.1
REPEATS = 30
USUAL, EXACT = 1e-4, 1e-7  # OpenSim's convergence criterion: its default, and for the answer
TARGET_RATIO = 100
Floats = np.ndarray


@dataclass(frozen=True)
class Answer:
    """activation (M,) of least squares and of least cubes, reactions (J, 3) in newtons (of the
    squares), seconds a posture (of the squares)."""

    activation: Floats
    cubic_activation: Floats
    reactions: Floats
    seconds: float


def main() -> None:
    """Print the comparison."""
    if find_spec("opensim") is None:
        print("opensim_parity: the wheel opensim is not installed (pip install 'hipspine[bench]')")
        return
    with tempfile.TemporaryDirectory() as folder:
        Console(width=110).print(compare(Path(folder)))


@dataclass(frozen=True)
class Compared:
    """One posture: shares of OpenSim's figure by which ours differ, and seconds of both."""

    cost: float
    cubic_cost: float
    reaction: float
    reserve_nm: float
    ours_s: float
    opensim_s: float


def compare(folder: Path) -> Table:
    """Both solvers on the same postures."""
    import opensim as osim

    from benchmarks.opensim_arrays import convert
    from benchmarks.opensim_model import build

    osim.Logger.setLevelString("off")
    path = folder / "comparison.osim"
    build(str(path))
    model = osim.Model(str(path))
    model.initSystem()
    converted = convert(model)
    made = [_compare_one(osim, path, converted, q) for q in postures(converted.coordinates)]
    ratios = [one.opensim_s / one.ours_s for one in made]
    ours, theirs = (np.median([getattr(m, n) for m in made]) for n in ("ours_s", "opensim_s"))
    size = f"{len(converted.muscles)}, {len(converted.coordinates)}, {POSTURES}"
    table = Table("what", "measured", "target", title=f"OpenSim {osim.GetVersion()}, one model")
    for what, measured, target in (
        ("muscles, coordinates, postures", size, ""),
        ("OpenSim: optimisation + reactions, median", f"{theirs * 1e3:.1f} ms", ""),
        ("hipspine: the same, median", f"{ours * 1e3:.3f} ms", ""),
        ("OpenSim / hipspine, median", f"{np.median(ratios):.0f} times", f"{TARGET_RATIO}"),
        ("OpenSim / hipspine, least", f"{min(ratios):.0f} times", ""),
        ("cost of the optimum, largest difference", f"{max(m.cost for m in made):.4%}", "0.05%"),
        ("the same with cubes", f"{max(m.cubic_cost for m in made):.4%}", "0.05%"),
        ("joint reaction, largest difference", f"{max(m.reaction for m in made):.4%}", "0.1%"),
        ("hipspine: largest reserve", f"{max(m.reserve_nm for m in made):.1e} Nm", "1e-4 Nm"),
    ):
        table.add_row(what, measured, target)
    return table


def _compare_one(osim, path: Path, converted, q: Floats) -> Compared:
    from benchmarks.opensim_arrays import solve

    solved = solve(converted, q)
    start = time.process_time()
    for _ in range(REPEATS):
        solve(converted, q)
    seconds = (time.process_time() - start) / REPEATS
    joints = [joint.name for joint in converted.joints]
    names = (converted.muscles, joints)
    theirs = _opensim(osim, path, (converted.coordinates, q), names)
    activation = solved.recruited.activation
    ours_cubic = solve(converted, q, 3).recruited.activation
    size = np.linalg.norm(theirs.reactions, axis=1)
    off = np.linalg.norm(solved.reactions - theirs.reactions, axis=1) / size
    return Compared(
        cost=abs((activation @ activation) / (theirs.activation @ theirs.activation) - 1),
        cubic_cost=abs((ours_cubic**3).sum() / (theirs.cubic_activation**3).sum() - 1),
        reaction=off.max(),
        reserve_nm=np.abs(solved.recruited.reserves_nm).max(),
        ours_s=seconds,
        opensim_s=theirs.seconds,
    )


def postures(coordinates: tuple[str, ...]) -> list[Floats]:
    """Resting postures (D,) rad: trunk and legs turned at random within what muscles hold.

    About Z: trunk back to bent forward, thighs from straight to lifted, knees straight to bent.
    """
    rng = np.random.default_rng(11)
    reach = {"lumbar": (-0.7, 0.1), "hip": (0.0, 0.8), "knee": (-0.8, 0.0)}
    side = (-0.15, 0.15)
    spans = [reach[n.split("_")[0]] if n.endswith("_z") else side for n in coordinates]
    low, high = np.array(spans).T
    return [rng.uniform(low, high) for _ in range(POSTURES)]


def _opensim(osim, model: Path, posture: tuple[tuple[str, ...], Floats], names: tuple) -> Answer:
    """Two runs of FRAMES frames and of one: their difference is the time of FRAMES - 1.

    The answer is of a third run with a stricter stop, since the usual one leaves idle muscles
    a little above their floor.
    """
    folder = model.parent
    motion = folder / "posture.mot"
    _write_motion(motion, *posture)
    taken = []
    for frames in (1, FRAMES):
        start = time.process_time()
        _run(osim, model, motion, (frames, USUAL, 2))
        taken.append(time.process_time() - start)
    muscles, joints = names
    _run(osim, model, motion, (1, EXACT, 3))
    cubic = _activation(osim, folder, muscles)
    _run(osim, model, motion, (1, EXACT, 2))
    row = _first_row(osim, next(folder.glob("run_*_ReactionLoads*")))
    reactions = np.array([[_reaction(row, joint, axis) for axis in "xyz"] for joint in joints])
    seconds = (taken[1] - taken[0]) / (FRAMES - 1)
    return Answer(_activation(osim, folder, muscles), cubic, reactions, seconds)


def _activation(osim, folder: Path, muscles: tuple[str, ...]) -> Floats:
    row = _first_row(osim, folder / "run_StaticOptimization_activation.sto")
    return np.array([row[name] for name in muscles])


def _first_row(osim, file: Path) -> dict[str, float]:
    table = osim.TimeSeriesTable(str(file))
    return dict(zip(table.getColumnLabels(), table.getRowAtIndex(0).to_numpy(), strict=True))


def _reaction(row: dict[str, float], joint: str, axis: str) -> float:
    """Columns are called `hip_r_on_thigh_r_in_ground_fx`."""
    return next(
        value
        for name, value in row.items()
        if name.startswith(f"{joint}_on_") and name.endswith(f"_f{axis}")
    )


def _run(osim, model: Path, motion: Path, run: tuple[int, float, int]) -> None:
    """Static optimisation, then joint reactions from the muscle forces it wrote."""
    frames, criterion, power = run
    folder = model.parent
    last = STEP_S * (frames - 1)
    optimisation = osim.StaticOptimization()
    optimisation.setUseModelForceSet(True)
    optimisation.setUseMusclePhysiology(False)  # strength alone, as in our arrays
    optimisation.setActivationExponent(power)
    optimisation.setConvergenceCriterion(criterion)
    reaction = osim.JointReaction()
    reaction.setName("JointReaction")
    reaction.setForcesFileName(str(folder / "run_StaticOptimization_force.sto"))
    for analysis in (optimisation, reaction):
        analysis.setStartTime(0.0)
        analysis.setEndTime(last)
        tool = osim.AnalyzeTool()
        tool.setName("run")
        tool.setModelFilename(str(model))
        tool.setResultsDir(str(folder))
        tool.setCoordinatesFileName(str(motion))
        tool.setInitialTime(0.0)
        tool.setFinalTime(last)
        tool.setSolveForEquilibrium(False)
        tool.updAnalysisSet().cloneAndAppend(analysis)
        setup = folder / "setup.xml"
        tool.printToXML(str(setup))
        assert osim.AnalyzeTool(str(setup)).run()


def _write_motion(path: Path, coordinates: tuple[str, ...], q: Floats) -> None:
    """The same posture at every time, two frames past the last one used."""
    rows = FRAMES + 2
    head = ["posture", "version=1", f"nRows={rows}", f"nColumns={q.size + 1}", "inDegrees=no"]
    lines = [*head, "endheader", "\t".join(["time", *coordinates])]
    angles = "\t".join(f"{angle:.15g}" for angle in q)
    lines += [f"{STEP_S * k:.3f}\t{angles}" for k in range(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

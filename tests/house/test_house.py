"""The house stands as it was drawn: locks, import rule, licence, package, and nothing private."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import hipspine

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCKS = ("requirements/dev.lock", "requirements/test-core.lock")
SOURCE = ROOT / "src" / "hipspine"

#: The rooms in the order in which one may look back; a tuple holds neighbours without a door.
ROOMS = (
    ("errors", "wording"),
    ("evidence",),
    ("findings",),
    ("pain_sources", "mechanics"),
    ("risk",),
    ("plan",),
    ("assessment",),
    ("report",),
    ("fhir", "cohort"),
    ("cli",),
    ("clinic",),
)
ALL_ROOMS = [room for storey in ROOMS for room in storey]

#: What only extras bring, and what is slow or large.
HEAVY = (
    *("dask", "django", "matplotlib", "mujoco", "numba", "pandas", "polars", "pyagrum"),
    *("pyarrow", "scipy", "sklearn", "weasyprint"),
)
CORE_ROOMS = ("errors", "evidence", "findings", "pain_sources", "assessment", "report", "cli")

_MADE = {"__pycache__", "build", "dist", "htmlcov", "var"}


def _is_made(folder: Path) -> bool:
    """Whether a folder holds what commands made: environments, caches, builds."""
    return folder.name in _MADE or (folder.name.startswith(".") and folder.name != ".ci")


def _project_files() -> list[Path]:
    """Files that are in the repository or would enter it; without git, all but what is made."""
    git = ["git", "-C", str(ROOT), "ls-files", "-coz", "--exclude-standard"]
    try:
        listed = subprocess.run(git, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        paths = [p for p in ROOT.rglob("*") if not any(map(_is_made, p.relative_to(ROOT).parents))]
    else:
        paths = [ROOT / name for name in listed.split("\0") if name]
    return sorted(path for path in paths if path.is_file())


def _locked(lock: str) -> dict[str, set[str]]:
    """Name -> versions pinned in a lock (one for each kind of interpreter)."""
    pinned: dict[str, set[str]] = {}
    text = (ROOT / lock).read_text(encoding="utf-8")
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, flags=re.MULTILINE):
        pinned.setdefault(name, set()).add(version)
    return pinned


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", text)[0].lower() for text in requirements}


# --- locks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host_and_hashes_everything(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|@ |^\s*--(?!hash=)", text, flags=re.MULTILINE)
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    entries = re.split(r"\n(?=\S)", "\n".join(lines))
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+ .*\\\n +--hash=sha256:[0-9a-f]{64}", entry), entry


#: 220 MB and wheels for some machines only: `make setup` may not hang on a benchmark's peer.
OUTSIDE_THE_LOCK = {"opensim"}


def test_dev_lock_holds_core_test_dev_bench_and_mechanics() -> None:
    extras = PROJECT["optional-dependencies"]
    named = ("test", "dev", "bench", "mechanics")
    wanted = PROJECT["dependencies"] + [text for name in named for text in extras[name]]
    assert _names(wanted) - OUTSIDE_THE_LOCK <= _locked("requirements/dev.lock").keys()


def test_core_lock_holds_the_core_and_nothing_heavy() -> None:
    pinned = _locked("requirements/test-core.lock")
    assert _names(PROJECT["dependencies"]) <= pinned.keys()
    assert not pinned.keys() & {*HEAVY, "scikit-learn"}


def test_the_locks_agree() -> None:
    every = _locked("requirements/dev.lock")
    for name, versions in _locked("requirements/test-core.lock").items():
        assert every[name] == versions, name


# --- import rule ---------------------------------------------------------------------------


def _contract(kind: str, name: str) -> dict[str, object]:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    return next(c for c in contracts if c["type"] == kind and name in c["name"])


def test_import_rule_lists_every_room_in_order() -> None:
    layers = _contract("layers", "corridor")["layers"]
    assert isinstance(layers, list)
    storeys = [tuple(part.strip(" ()") for part in layer.split("|")) for layer in layers]
    assert storeys == list(reversed(ROOMS))


def test_every_room_that_exists_has_its_place() -> None:
    rooms = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py"}
    rooms |= {path.parent.name for path in SOURCE.glob("*/*.py")}
    assert rooms - {"__init__", "__main__", "hipspine"} <= set(ALL_ROOMS)


@pytest.mark.parametrize(
    ("room", "statement", "kept"),
    [
        ("cli", "import hipspine.report", True),
        ("clinic", "import django", True),
        ("assessment", "from hipspine.plan import x", True),
        ("evidence", "import hipspine.findings", False),
        ("findings", "def f():\n    from hipspine.assessment import x", False),
        ("pain_sources", "import hipspine.mechanics", False),
        ("mechanics", "import hipspine.pain_sources", False),
        ("cohort", "import hipspine.fhir", False),
        ("cli", "import hipspine.clinic", False),
        ("report", "import django.template", False),
        ("kitchen", "", False),  # a room that stands in no layer
    ],
)
def test_import_rule_has_teeth(tmp_path: Path, room: str, statement: str, kept: bool) -> None:
    pytest.importorskip("importlinter")
    package = tmp_path / "hipspine"
    for name in (".", *ALL_ROOMS, room):
        (package / name).mkdir(parents=True, exist_ok=True)
        (package / name / "__init__.py").write_text("", encoding="utf-8")
    (package / room / "inner.py").write_text(statement + "\n", encoding="utf-8")
    lint = [
        *(sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"),
        *("--no-cache", "--config", str(ROOT / "pyproject.toml")),
    ]
    done = subprocess.run(
        lint,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    verdict = "3 kept, 0 broken" if kept else "2 kept, 1 broken"
    assert f"Contracts: {verdict}" in done.stdout, done.stdout + done.stderr
    assert (done.returncode == 0) is kept


# --- package -------------------------------------------------------------------------------


def test_version_is_told_once() -> None:
    assert PROJECT["version"] == hipspine.__version__


def test_core_dependencies_stay_light() -> None:
    assert _names(PROJECT["dependencies"]) == {
        *("jinja2", "numpy", "polib", "pydantic", "rapidfuzz", "rich", "typer"),
    }


def _run_clean(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_hipspine_brings_nothing_heavy() -> None:
    heavy = {*HEAVY, "numpy", "pydantic", "rich"}
    _run_clean(
        f"import sys, hipspine; loaded = {heavy!r} & set(sys.modules); assert not loaded, loaded"
    )


#: Imported by `batch.posterior_many` alone, which says what to install where numba is missing.
COMPILED = (
    "hipspine.pain_sources.batch_kernel",
    "hipspine.pain_sources.compiled_sweep",
    "hipspine.pain_sources.sweep_kernel",
)


def test_the_core_imports_where_the_extras_are_missing() -> None:
    _run_clean(
        "import importlib, pkgutil, sys\n"
        f"sys.modules.update(dict.fromkeys({HEAVY!r}))\n"
        "import hipspine\n"
        "for found in pkgutil.walk_packages(hipspine.__path__, 'hipspine.'):\n"
        f"    if found.name.split('.')[1] in {CORE_ROOMS!r} and found.name not in {COMPILED!r}:\n"
        "        importlib.import_module(found.name)\n"
    )


def test_a_wheel_carries_tables_and_types(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    subprocess.run(build, cwd=tmp_path, capture_output=True, check=True)
    (wheel,) = (tmp_path / "out").glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    tables = {f"hipspine/evidence/tables/{p.name}" for p in SOURCE.glob("evidence/tables/*.csv")}
    assert tables and tables | {"hipspine/py.typed"} <= inside


def test_tables_are_small_enough_to_read() -> None:
    for table in SOURCE.glob("evidence/tables/*.csv"):
        assert table.stat().st_size <= 1_000_000, table.name


# --- repository ----------------------------------------------------------------------------


#: Compiled as one piece: numba's cache watches the file of a function, not those that it inlines.
LONG = {"src/hipspine/pain_sources/batch_kernel.py"}


def test_files_stay_short() -> None:
    python = [path for path in _project_files() if path.suffix == ".py"]
    lengths = {str(p.relative_to(ROOT)): len(p.read_bytes().splitlines()) for p in python}
    assert lengths
    written = {n: length for n, length in lengths.items() if "/migrations/" not in n}  # Django's
    assert {name for name, n in written.items() if n > 400} == LONG


def test_nothing_names_a_private_path_or_a_registry() -> None:
    # The words are put together here, so that this file does not contain them.
    hosts = ("pypi|org", "python|pypi|org", "pythonhosted|org", "npmjs|org", "npmjs|com")
    folders = (r"(?<![\w.])/" + "work", r"(?<![\w.<])/" + "root", r"\.\./" + "shared")
    forbidden = re.compile(
        "|".join([*(re.escape(h.replace("|", ".")) for h in hosts), *(f + r"\b" for f in folders)])
    )
    found = []
    for path in _project_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue  # not text
        for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
            if hit := forbidden.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {hit.group()}")
    assert found == []


def test_licence_is_apache_2() -> None:
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    assert PROJECT["license"] == "Apache-2.0"


def test_commands_exist_and_ci_calls_them() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert {"setup", "run", "test", "test-core", "check", "bench", "clean", "help"} <= targets
    ci = ROOT / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    assert {"make check", "make test"} <= set(ci.read_text(encoding="utf-8").splitlines())

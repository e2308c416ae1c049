"""Make docs/model-card.md from its template and the measured figures.

`python docs/build_model_card.py` from the repository root fills the template with the figures of
docs/model-card-figures.json. `--measure` measures evidence, published cases and red flags first
(about a minute); `--measure-all` calibration, mechanism and speed too (several minutes).
"""

import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Any

DOCS = Path(__file__).parent
TEMPLATE = DOCS / "model-card.template.md"
FIGURES = DOCS / "model-card-figures.json"
CARD = DOCS / "model-card.md"
OPTIONS = ("--measure", "--measure-all")
Figures = dict[str, Any]


def built(template: str, figures: Figures) -> str:
    """The card; a figure that the template asks for and nobody measured is an error."""
    evidence, cases = figures["evidence"], figures["open_cases"]
    calibration = figures["calibration"]
    studied = evidence["tables"]["Sensitivities and specificities"]
    names = [_short(name) for name in calibration["scenarios"]]
    filled = {
        "version": evidence["measured_with"]["hipspine"],
        "evidence_version": evidence["measured_with"]["evidence"],
        "judged_share": _percent(studied["judgement"] / studied["rows"]),
        **{name: evidence[name] for name in ("sources", "findings", "findings_with_figures")},
        "studies": evidence["studies"],
        "red_flag_rules": evidence["red_flag_rules"],
        **_of_the_model(figures["model"]),
        "evidence_table": _table(_evidence_rows(evidence["tables"])),
        "cases": cases["cases"],
        "leading": cases["leading_findings"],
        "leading_cases": cases["cases_with_leading"],
        **{f"missed_{name}": count for name, count in cases["missed"].items()},
        "cases_table": _table(_case_rows(cases["results"])),
        "phrases_share": _percent(cases["phrases_understood"] / cases["phrases"]),
        "subgroup_table": _table(_subgroup_rows(cases["subgroups"])),
        "calibration_patients": f"{calibration['patients']:,}",
        "calibration_seed": calibration["seed"],
        "calibration_table": _table(_calibration_rows(calibration["scenarios"])),
        "many": calibration["many"],
        "many_table": _table(_many_rows(calibration["many_positive"])),
        "reliability_heading": " | ".join(names),
        "reliability_rule": "---|" * len(names),
        "reliability_table": _table(_reliability_rows(calibration["scenarios"])),
        "mechanism_patients": figures["mechanism"]["patients"],
        "mechanism_table": _table(_mechanism_rows(figures["mechanism"]["methods"])),
        **{name: figures["red_flags"][name] for name in ("flagged", "urgent", "alarms", "others")},
        "speed_text": _speed_text(figures["speed"]),
        "measured_table": _measured(figures),
    }
    return Template(template).substitute(filled)


def _of_the_model(model: Figures) -> Figures:
    return {
        "sources_clinic": model["sources_clinic"],
        "sources_primary_care": model["sources_primary_care"],
        "unlisted": _percent(model["unlisted"]),
        "draws": model["draws"],
        "judgement_worth": f"{model['worth_of_judgement']:g}",
        "most_together": model["most_together"],
    }


def _evidence_rows(tables: Figures) -> Iterable[tuple[object, ...]]:
    for name, row in tables.items():
        shares = (row[k] for k in ("study", "derived", "judgement"))
        yield (
            name,
            row["rows"],
            *shares,
            f"{row['checked']} ({_percent(row['checked'] / row['rows'])})",
        )


def _case_rows(results: Figures) -> Iterable[tuple[object, ...]]:
    for name, row in results.items():
        leading, stages, method = name.split(", ", 2)
        if leading == "with leading findings" and method != "hipspine":
            continue
        told = f"{stages}, {leading}" if leading == "with leading findings" else stages
        first, three = _hits(row, "first"), _hits(row, "three")
        scores = f"{row['log_score']:.1f}", f"{row['brier']:.2f}"
        yield told, method, first, three, *scores, f"{row['sure_right']}/{row['sure']}"


def _hits(row: Figures, name: str) -> str:
    hits, count = row[name], row["cases"]
    return f"{hits}/{count} = {_percent(hits / count)} ({_interval(row[f'{name}_interval'])})"


def _subgroup_rows(subgroups: Figures) -> Iterable[tuple[object, ...]]:
    for name, (first, three, count) in subgroups.items():
        yield (
            name,
            *(f"{hits}/{count}" for hits in (first, three)),
        )


def _calibration_rows(scenarios: Figures) -> Iterable[tuple[object, ...]]:
    for name, methods in scenarios.items():
        for row in methods:
            if "hipspine" not in name or row["method"] == "hipspine":  # a lesser hipspine: no peer
                yield name, row["method"], *_scores(row)


def _many_rows(scenarios: Figures) -> Iterable[tuple[object, ...]]:
    for name, (ours, _) in scenarios.items():
        yield name, ours["patients"], *_scores(ours)


def _scores(row: Figures) -> tuple[str, ...]:
    half = 1.96 * row["slope_error"]
    return (
        f"{row['slope']:.2f} ({row['slope'] - half:.2f} to {row['slope'] + half:.2f})",
        f"{_percent(row['sure_mean'], 1)} ({row['sure']:,} pairs)",
        _percent(row["sure_right"], 1),
        f"{row['log_score']:.2f}",
        f"{row['brier']:.2f}",
    )


def _reliability_rows(scenarios: Figures) -> Iterable[tuple[object, ...]]:
    ours = [methods[0]["bins"] for methods in scenarios.values()]
    for bins in zip(*ours, strict=True):
        label = f"{bins[0]['low']:.0%} to {bins[0]['high']:.0%}".replace("%", "")
        yield (
            label,
            *(
                f"{b['mean']:.1%}, {b['true']:.1%}".replace("%", "") if b["pairs"] else "none"
                for b in bins
            ),
        )


def _mechanism_rows(methods: Figures) -> Iterable[tuple[object, ...]]:
    for name, row in methods.items():
        accuracy = (
            f"{row['balanced_accuracy']:.3f} ({' to '.join(f'{x:.3f}' for x in row['interval'])})"
        )
        yield name, accuracy, *map(_percent, row["recall"].values()), f"{row['log_loss']:.2f}"


def _speed_text(speed: Figures) -> str:
    rows = [(k, v) for k, v in speed.items() if k != "measured_with"]
    return (
        "; ".join(f"{name} {v['p50']:.0f} (median), {v['p99']:.0f} (p99)" for name, v in rows) + "."
    )


def _measured(figures: Figures) -> str:
    rows = [(k, v["measured_with"]) for k, v in figures.items()]
    lines = [("figures", "hipspine", "evidence"), ("---",) * 3]
    lines += [(k.replace("_", " "), m["hipspine"], f"`{m['evidence']}`") for k, m in rows]
    return _table(lines)


def _short(name: str) -> str:
    return name.removeprefix("true ")


def _percent(share: float, digits: int = 0) -> str:
    return f"{share:.{digits}%}".replace("%", " %")


def _interval(ends: list[float]) -> str:
    return " to ".join(f"{end:.0%}".removesuffix("%") for end in ends)


def _table(rows: Iterable[tuple[object, ...]]) -> str:
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def measured(last: Figures, everything: bool) -> Figures:
    """The figures, measured anew where asked for."""
    sys.path.insert(0, str(DOCS.parent))
    card_figures = importlib.import_module("benchmarks.card_figures")
    return last | card_figures.quick() | (card_figures.slow(last) if everything else {})


def main(*options: str) -> None:
    """Measure what is asked for, then write the card."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    if options:
        figures = measured(figures, OPTIONS[1] in options)
        FIGURES.write_text(json.dumps(figures, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    CARD.write_text(built(TEMPLATE.read_text(encoding="utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    unknown = sorted(set(sys.argv[1:]) - set(OPTIONS))
    if unknown:
        sys.exit(f"build_model_card.py: {' '.join(unknown)}: known are {' and '.join(OPTIONS)}")
    main(*sys.argv[1:])

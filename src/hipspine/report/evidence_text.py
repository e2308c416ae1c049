"""What is known about a finding or a source, with studies, on a terminal."""

from rich.console import Console
from rich.table import Column, Table

from hipspine.errors import InvalidInput
from hipspine.evidence import NOT_STATED, Evidence, evidence, needs_checking
from hipspine.evidence.rows import Accuracy


def show_evidence(id: str | None, console: Console) -> None:
    """Print one finding or source; without an id, the list of both."""
    tables = evidence()
    if id is None:
        _list(tables, console)
    elif id in tables.conditions:
        _source(tables, id, console)
    elif id in tables.findings:
        _finding(tables, id, console)
    else:
        raise InvalidInput(f"{id!r} is neither a finding nor a source{_near(tables, id)}")


def _near(tables: Evidence, id: str) -> str:
    from rapidfuzz import process  # noqa: PLC0415

    near = process.extract(id, [*tables.conditions, *tables.findings], limit=3, score_cutoff=60)
    return f"; did you mean {', '.join(match[0] for match in near)}?" if near else ""


def _list(tables: Evidence, console: Console) -> None:
    console.print(f"[bold]Evidence {tables.version}[/bold]")
    console.print(
        f"{len(tables.leaves)} sources, {len(tables.findings)} findings, "
        f"{len(tables.accuracy)} accuracy figures, {len(tables.studies)} studies"
    )
    table = Table("source", "name", "clinic prior", "primary care prior", box=None)
    for leaf in tables.leaves:
        prior = tables.priors[leaf.id]
        table.add_row(leaf.id, leaf.name, f"{prior.clinic:.2%}", f"{prior.primary:.2%}")
    console.print(table)
    names = Table("finding", "name", "stage", box=None)
    for finding in tables.findings.values():
        names.add_row(finding.id, finding.name, finding.stage)
    console.print(names)


def _source(tables: Evidence, id: str, console: Console) -> None:
    condition = tables.conditions[id]
    console.print(f"[bold]{condition.name}[/bold]  {id}  {condition.icd10cm}")
    console.print(condition.plain_name, style="dim")
    if condition.is_group:
        console.print(f"A group of: {', '.join(tables.members(id))}")
    else:
        prior = tables.priors[id]
        console.print(
            f"Prior: clinic {prior.clinic:.2%} ({_range(prior.clinic_low, prior.clinic_high)}), "
            f"primary care {prior.primary:.2%} ({_range(prior.primary_low, prior.primary_high)})"
            f" — {prior.how_derived}. {_cite(tables, prior.study, prior.verified)}"
        )
    _accuracy(
        tables, [row for row in tables.accuracy if row.condition_id == id], console, "finding"
    )
    _exposures(tables, console, condition=id)
    _referral(tables, console, condition=id)


def _finding(tables: Evidence, id: str, console: Console) -> None:
    finding = tables.findings[id]
    console.print(f"[bold]{finding.name}[/bold]  {id}  ({finding.stage}, {finding.kind})")
    if finding.how_elicited:
        console.print(finding.how_elicited)
    if finding.unit:
        low, high = finding.plausible_low, finding.plausible_high
        console.print(f"In {finding.unit}, {low} to {high}; present if {finding.present_if or '-'}")
    if finding.synonyms:
        console.print(f"Also called: {', '.join(finding.synonyms)}", style="dim")
    _accuracy(tables, [row for row in tables.accuracy if row.finding_id == id], console, "source")
    _exposures(tables, console, finding=id)
    _referral(tables, console, finding=id)
    _base_rates(tables, id, console)
    _mechanism(tables, id, console)


def _mechanism(tables: Evidence, id: str, console: Console) -> None:
    criterion = tables.mechanism_criteria.get(id)
    if criterion is None:
        return
    table = Table("mechanism", "has it (judged)", "its cluster", "experts list it", box=None)
    for mechanism in tables.mechanism_clusters:
        frequency = getattr(criterion, mechanism)
        in_cluster = "yes" if criterion.cluster == mechanism else ""
        listed = "yes" if mechanism in criterion.consensus else ""
        table.add_row(mechanism, f"{frequency:.0%}", in_cluster, listed)
    console.print(table)
    for study in criterion.studies:
        console.print(_cite(tables, study, True), style="dim")


def _base_rates(tables: Evidence, id: str, console: Console) -> None:
    table = Table("how often without a listed source", "in whom", "n", "study", box=None)
    for row in tables.base_rates:
        if row.finding_id == id:
            cite = _cite(tables, row.study, row.verified)
            table.add_row(_number(row.base_rate), row.population, row.n or NOT_STATED, cite)
    if table.row_count:
        console.print(table)


def _id(header: str) -> Column:
    """A column of ids, which are folded and never cut."""
    return Column(header, overflow="fold")


def _accuracy(tables: Evidence, rows: list[Accuracy], console: Console, other: str) -> None:
    if not rows:
        return
    table = Table(_id(other), "Se", "Sp", "LR+", "LR-", "n", "used", "study", box=None)
    for row in sorted(rows, key=lambda row: (not row.use, row.finding_id, row.condition_id)):
        table.add_row(
            row.finding_id if other == "finding" else row.condition_id,
            _number(row.sensitivity),
            _number(row.specificity),
            _number(row.lr_pos),
            _number(row.lr_neg),
            row.n or NOT_STATED,
            "yes" if row.use else f"no: {row.not_used_because}",
            _cite(tables, row.study, row.verified),
        )
    console.print(table)


def _exposures(
    tables: Evidence, console: Console, *, condition: str = "", finding: str = ""
) -> None:
    table = Table(_id("exposure"), _id("source"), "odds ratio", "range", "used", "study", box=None)
    for row in tables.exposures:
        if condition == row.condition_id or finding == row.exposure_id:
            table.add_row(
                row.exposure_id,
                row.condition_id,
                _number(row.odds_ratio),
                _range(row.low, row.high),
                "yes" if row.use else f"no: {row.not_used_because}",
                _cite(tables, row.study, row.verified),
            )
    if table.row_count:
        console.print(table)


def _referral(
    tables: Evidence, console: Console, *, condition: str = "", finding: str = ""
) -> None:
    table = Table(_id("source"), _id("felt at"), "fraction", "n", "study", box=None)
    for row in tables.referral:
        if condition == row.condition_id or finding == row.finding_id:
            table.add_row(
                row.condition_id,
                row.finding_id,
                _number(row.fraction),
                row.n or NOT_STATED,
                _cite(tables, row.study, row.verified),
            )
    if table.row_count:
        console.print(table)


def _cite(tables: Evidence, study: str, verified: bool) -> str:
    row = tables.studies[study]
    place = f" {row.doi_or_pmid}" if row.doi_or_pmid not in ("", NOT_STATED) else ""
    mark = " [figure not checked]" if needs_checking(study, verified) else ""
    return f"{row.citation}{place}{mark}".replace("[", "\\[")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _range(low: float | None, high: float | None) -> str:
    return NOT_STATED if low is None or high is None else f"{low:.3g} to {high:.3g}"

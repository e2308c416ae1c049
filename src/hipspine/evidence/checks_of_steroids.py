"""What may not stand in the tables of steroids: a drug without a study, a name of two drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence
    from hipspine.evidence.rows_of_steroids import SteroidEquivalent, SteroidSuppression

FORMS = ("", "oral", "inhaled", "topical", "injection", "iv_or_im")


def problems(tables: Evidence) -> Iterator[str]:
    """Every fault of steroid_equivalents, steroid_names and steroid_hpa."""
    for steroid in tables.steroid_equivalents.values():
        yield from _steroid(tables, steroid)
    for name in tables.steroid_names.values():
        where = f"steroid_names {name.name}"
        if name.drug not in tables.steroid_equivalents:
            yield f"{where}: drug {name.drug!r} is not in steroid_equivalents"
        if name.form not in FORMS:
            yield f"{where}: form {name.form!r} is none of {', '.join(FORMS[1:])} or blank"
        if not re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", name.name):
            yield f"{where}: a name is lower-case words with single spaces"
    for row in tables.steroid_hpa:
        yield from _suppression(tables, row)


def _steroid(tables: Evidence, steroid: SteroidEquivalent) -> Iterator[str]:
    where = f"steroid_equivalents {steroid.drug}"
    for study in (steroid.study, steroid.alternative_study):
        if study and study not in tables.studies:
            yield f"{where}: study {study!r} is not in studies"
    if not steroid.study:
        yield f"{where}: has no study"
    if (steroid.alternative_mg is None) != (not steroid.alternative_study):
        yield f"{where}: an alternative comes with its study, and only with a value"
    for column in ("most_oral_mg", "most_iv_mg", "most_injected_mg"):
        if not getattr(steroid, column) > 0:
            yield f"{where}: {column} must be above 0"
    counted = (steroid.mg_equal_to_5_mg_prednisone, steroid.alternative_mg)
    if any(mg is not None and not 0.1 <= mg <= 100 for mg in counted):
        yield f"{where}: {counted} mg is outside 0.1 to 100"
    if not any(name.drug == steroid.drug for name in tables.steroid_names.values()):
        yield f"{where}: has no name in steroid_names"


def _suppression(tables: Evidence, row: SteroidSuppression) -> Iterator[str]:
    where = f"steroid_hpa {row.drug} {row.route} {row.dose_mg:g}"
    if row.study not in tables.studies:
        yield f"{where}: study {row.study!r} is not in studies"
    if row.drug not in tables.steroid_equivalents:
        yield f"{where}: drug is not in steroid_equivalents"
    if row.route not in ("epidural", "intra_articular"):
        yield f"{where}: route is neither epidural nor intra_articular"
    if row.caution_days <= 0 or row.dose_mg <= 0:
        yield f"{where}: doses and days are above 0"
    share = row.share_still_suppressed
    if (share is None) != (row.at_day is None) or (share is not None and not 0 <= share <= 1):
        yield f"{where}: a share is 0..1 and comes with its day"

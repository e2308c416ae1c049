"""Day sheets as files: readable while the server and the database are down.

Today's, and from six in the evening tomorrow's, both by the clock of the clinic. They are as old as
the last quarter of an hour; they hold names, so only the user who runs the clinic may read them.
"""

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import translation

from hipspine.clinic.audit.actions import record
from hipspine.clinic.booking.day_sheet import day_sheet_html
from hipspine.clinic.booking.models import Location

EVENING = time(18)
KEPT_DAYS = 3


def write_day_sheets(now: datetime) -> list[Path]:
    """Write those of every clinic in use and remove the old; the files written."""
    folder = sheets_folder()
    written = []
    for location in Location.objects.filter(is_active=True):
        local = now.astimezone(location.zone)
        days = [local.date()]
        if local.time() >= EVENING:
            days.append(local.date() + timedelta(days=1))
        written += [_write(folder, location, day) for day in days]
    _remove_old(folder, now.date())
    return written


def sheets_folder() -> Path:
    """Made if missing; nobody else may look into it."""
    folder = Path(settings.DATA_DIR) / "day_sheets"
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _write(folder: Path, location: Location, day: date) -> Path:
    """Whole or not at all: a reader never sees half a sheet."""
    path = folder / f"{location.slug}-{day.isoformat()}.html"
    if not path.exists():
        record(
            "booking.day_sheet_written",
            actor=None,
            target=f"booking.Location:{location.pk}",
            detail={"day": day.isoformat(), "location": location.slug},
        )
    with translation.override(settings.LANGUAGE_CODE):
        html = day_sheet_html(location, day)
    half = path.with_suffix(".new")
    half.unlink(missing_ok=True)
    opened = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:  # names of every script, in any locale
        file.write(html)
    half.replace(path)
    return path


def _remove_old(folder: Path, today: date) -> None:
    for path in folder.glob("*.html"):
        try:
            day = date.fromisoformat(path.stem[-10:])
        except ValueError:
            continue
        if day < today - timedelta(days=KEPT_DAYS):
            path.unlink(missing_ok=True)

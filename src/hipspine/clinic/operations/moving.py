"""Moving a clinic from SQLite to PostgreSQL, with the proof that nothing changed on the way."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import Error, connection, connections, transaction
from django.db.models import Model

from hipspine.clinic.audit.chain import verify
from hipspine.clinic.environment import database_from
from hipspine.clinic.operations.row_hashes import models_of_the_clinic, row_hashes
from hipspine.clinic.operations.second_database import opened_as
from hipspine.errors import InvalidInput

ROWS_AT_ONCE = 500
#: Made by every migration and referred to by number: the target takes the source's instead.
NUMBERED = (ContentType, Permission)


def move_to(url: str) -> str:
    """Copy every row in one transaction; kept only when all row hashes and the chain agree.

    Writers to the source wait until it is done. Sessions stay behind: everybody signs in again.
    """
    description = database_from(url, connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "postgresql" not in str(description["ENGINE"]):
        raise InvalidInput("move: accepted: from SQLite to --to postgresql://...")
    with opened_as(description) as target:
        try:
            _prepare(target)
            with transaction.atomic(), transaction.atomic(using=target):
                return _copied_and_proved(target)
        except Error as error:
            raise InvalidInput(f"move: nothing was moved: {str(error).splitlines()[0]}") from None


def _prepare(target: str) -> None:
    tables = connections[target].introspection.table_names()
    if tables and "audit_auditevent" not in tables:
        raise InvalidInput(f"move: --to has tables of something else, as {tables[0]}; accepted: "
                           "an empty database")  # fmt: skip
    call_command("migrate", database=target, interactive=False, verbosity=0)
    if filled := [name for name, table in row_hashes(target).items() if table["rows"]]:
        raise InvalidInput(f"move: --to has rows already, in {filled[0]}; accepted: an empty one")


def _copied_and_proved(target: str) -> str:
    for model in reversed(NUMBERED):
        model.objects.using(target).all().delete()
    models = [*NUMBERED, *models_of_the_clinic()]
    for model in models:
        _copy(model, target)
    with connections[target].cursor() as cursor:
        for statement in connections[target].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    before, after = row_hashes(), row_hashes(target)
    if different := sorted(name for name in before if before[name] != after[name]):
        raise InvalidInput(f"move: nothing was moved: these would have changed: {different}")
    source, copy = verify(), verify(using=target)
    if source.fault or copy.fault or source.head != copy.head:
        raise InvalidInput(f"move: nothing was moved: audit chain: {source.fault or copy.fault}")
    rows = sum(table["rows"] for table in after.values())
    return f"moved: {rows} rows, every table's hash the same; audit head {copy.head}"


def _copy(model: type[Model], target: str) -> None:
    """As they are: no field fills itself in (raw), no signal is sent."""
    fields, rows = model._meta.local_concrete_fields, []
    into = model._base_manager.using(target)
    for row in model._base_manager.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        rows.append(row)
        if len(rows) == ROWS_AT_ONCE:
            into._insert(rows, fields=fields, using=target, raw=True)
            rows = []
    if rows:
        into._insert(rows, fields=fields, using=target, raw=True)

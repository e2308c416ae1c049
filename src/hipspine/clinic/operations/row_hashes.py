"""One hash a table over every row: proves that two databases hold the same, whatever their kind."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

#: Not data of the clinic: they differ from one hour and one installation to the next.
LEFT_OUT = frozenset({"sessions.session", "contenttypes.contenttype", "auth.permission"})


def row_hashes(using: str = "default") -> dict[str, dict[str, object]]:
    """{table's model: {"rows": how many, "sha256": over them in order of their key}}."""
    return {model._meta.label_lower: _of_table(model, using) for model in models_of_the_clinic()}


def models_of_the_clinic() -> Iterator[type[Model]]:
    """Every table whose rows are the clinic's own data."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.label_lower not in LEFT_OUT:
            yield model


def _of_table(model: type[Model], using: str) -> dict[str, object]:
    digest, rows = hashlib.sha256(), 0
    for row in model._base_manager.using(using).order_by("pk").values().iterator(chunk_size=2000):
        plain = {name: _plain(value) for name, value in row.items()}
        digest.update(json.dumps(plain, sort_keys=True, cls=DjangoJSONEncoder).encode() + b"\n")
        rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _plain(value: object) -> object:
    """An instant as the same text on every database, to the microsecond."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value

"""A clinic's settings of a plan, read from JSON and checked: `read_settings`.

{"default": "stricter", "follow": {"hip_steroid": "looser"}, "payer_rules": false}
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.plan.context import ALWAYS_STRICTER, PlanSettings

ACCEPTED = "default and follow take stricter or looser; payer_rules takes true or false"


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    default: Literal["stricter", "looser"] = "stricter"
    follow: dict[str, Literal["stricter", "looser"]] = {}
    payer_rules: bool = False


def read_settings(told: str | dict[str, Any]) -> PlanSettings:
    """The settings in a JSON text or an object; raises InvalidInput with one line."""
    try:
        content = json.loads(told) if isinstance(told, str) else told
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise InvalidInput(f"plan settings: not JSON at {where}; {ACCEPTED}") from None
    try:
        read = _Settings.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise InvalidInput(f"plan settings: {where}: {first['msg']}; {ACCEPTED}") from None
    for conflict, followed in read.follow.items():
        if conflict in ALWAYS_STRICTER and followed == "looser":
            raise InvalidInput(
                f"plan settings: follow.{conflict}: only stricter is accepted, for safety"
            )
        known = evidence().plan.conflicts
        if conflict not in known:
            near = ", ".join(get_close_matches(conflict, known, n=3) or known)
            raise InvalidInput(
                f"plan settings: follow.{conflict[:60]}: is not a conflict of guidelines;"
                f" did you mean {near}?"
            )
    return PlanSettings(read.default, dict(read.follow), read.payer_rules)

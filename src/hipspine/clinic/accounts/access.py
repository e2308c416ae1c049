"""The rule of a page: which roles may open it, and whose data they may see there.

    @allow(Role.PATIENT, *TREATING, own=owns_patient)
    def chart(request, patient_id): ...

A page without a rule is closed to everyone (`middleware.AccessMiddleware`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from hipspine.clinic.accounts.roles import Role

#: Open to the world, signed in or not.
PUBLIC = "public"
Owns = Callable[..., bool]


@dataclass(frozen=True)
class Access:
    """Roles that may open a page; `own(user, **kwargs)` must hold for a patient; `fresh`: only
    right after signing in."""

    roles: frozenset[str]
    own: Owns | None = None
    fresh: bool = False

    @property
    def is_public(self) -> bool:
        return PUBLIC in self.roles


def allow(*roles: str, own: Owns | None = None, fresh: bool = False):
    """Mark a view with its rule; refuses at import a rule that could not be kept."""
    unknown = set(roles) - set(Role.values) - {PUBLIC}
    assert roles and not unknown, f"not roles: {unknown or 'none given'}"
    assert own is None or Role.PATIENT in roles, "own= is the rule for patients"

    def mark(view):
        view.access = Access(frozenset(map(str, roles)), own, fresh)
        return view

    return mark

"""Who may open the pages below /desk/: written by hand, apart from the rules it checks."""

from hipspine.clinic.accounts.roles import Role

NOBODY = "nobody"
DESK = {Role.FRONT_DESK}
TREATING = {Role.CLINICIAN, Role.PHYSICAL_THERAPIST}

#: URL name -> who may.
EXPECTED: dict[str, set[str]] = {
    "desk:day": DESK | TREATING | {Role.CLINIC_ADMIN},
    "desk:week": DESK | TREATING | {Role.CLINIC_ADMIN},
    "desk:sheet": DESK | TREATING | {Role.CLINIC_ADMIN},
    "desk:visit": DESK | TREATING | {Role.CLINIC_ADMIN},
    "desk:mark": DESK | TREATING,
    "desk:book": DESK,
    "desk:walk_in": DESK,
    "desk:move": DESK,
    "desk:cancel": DESK,
    "desk:waiting": DESK,
    "desk:add_waiting": DESK,
    "desk:offer": DESK,
    "desk:answer_waiting": DESK,
}
#: Of those, the ones whose address holds the id or the token of one person's thing.
OF_ONE_PERSON: set[str] = {
    "desk:visit", "desk:mark", "desk:move", "desk:cancel", "desk:offer", "desk:answer_waiting",
}  # fmt: skip

"""Who may open the pages below /setup/: written by hand, apart from the rules it checks."""

from hipspine.clinic.accounts.roles import Role

NOBODY = "nobody"
ADMIN = {Role.CLINIC_ADMIN}

#: URL name -> who may.
EXPECTED: dict[str, set[str]] = {
    "setup:home": ADMIN,
    "setup:add_location": ADMIN,
    "setup:location": ADMIN,
    "setup:change_location": ADMIN,
    "setup:remove_location": ADMIN,
    "setup:holidays": ADMIN,
    "setup:add_holiday": ADMIN,
    "setup:change_holiday": ADMIN,
    "setup:remove_holiday": ADMIN,
    "setup:add_resource": ADMIN,
    "setup:resource": ADMIN,
    "setup:change_resource": ADMIN,
    "setup:remove_resource": ADMIN,
    "setup:add_hours": ADMIN,
    "setup:change_hours": ADMIN,
    "setup:remove_hours": ADMIN,
    "setup:add_exception": ADMIN,
    "setup:change_exception": ADMIN,
    "setup:remove_exception": ADMIN,
    "setup:add_visit_type": ADMIN,
    "setup:visit_type": ADMIN,
    "setup:change_visit_type": ADMIN,
    "setup:remove_visit_type": ADMIN,
    "setup:add_need": ADMIN,
    "setup:change_need": ADMIN,
    "setup:remove_need": ADMIN,
}
#: Of those, the ones whose address holds the id or the token of one person's thing.
OF_ONE_PERSON: set[str] = set()

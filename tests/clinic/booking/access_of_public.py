"""Who may open the pages below /book/: written by hand, apart from the rules it checks."""

from hipspine.clinic.accounts.roles import Role

NOBODY = "nobody"

#: URL name -> who may.
EVERYONE = {NOBODY, *Role}
EXPECTED: dict[str, set[str]] = {
    "booking:find": EVERYONE,
    "booking:location": EVERYONE,
    "booking:clinician": EVERYONE,
    "booking:week": EVERYONE,
    "booking:held": EVERYONE,
    "booking:release": EVERYONE,
    "booking:mine": EVERYONE,
    "booking:calendar_file": EVERYONE,
    "booking:move": EVERYONE,
    "booking:cancel": EVERYONE,
    "booking:who": EVERYONE,
    "booking:join_waiting": EVERYONE,
    "booking:waiting": EVERYONE,
}
#: Of those, the ones whose address holds the id or the token of one person's thing.
OF_ONE_PERSON: set[str] = {
    "booking:held",  # of the browser that holds it
    "booking:release",
    "booking:mine",  # these by a signed link
    "booking:calendar_file",
    "booking:move",
    "booking:cancel",
    "booking:who",
    "booking:waiting",
}

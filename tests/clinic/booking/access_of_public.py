"""Who may open the pages below /book/: written by hand, apart from the rules it checks."""

from hipspine.clinic.accounts.roles import Role  # noqa: F401

NOBODY = "nobody"

#: URL name -> who may.
EXPECTED: dict[str, set[str]] = {}
#: Of those, the ones whose address holds the id or the token of one person's thing.
OF_ONE_PERSON: set[str] = set()

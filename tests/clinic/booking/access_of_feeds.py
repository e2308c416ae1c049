"""Who may read the feeds: everyone; there is nothing about a person in them."""

from hipspine.clinic.accounts.roles import Role

NOBODY = "nobody"
EVERYONE = {NOBODY, *Role}

#: URL name -> who may.
EXPECTED: dict[str, set[str]] = {
    "scheduling:manifest": EVERYONE,
    "scheduling:locations": EVERYONE,
    "scheduling:schedules": EVERYONE,
    "scheduling:slots": EVERYONE,
    "api:openapi-json": EVERYONE,
    "api:locations": EVERYONE,
    "api:visit_types": EVERYONE,
    "api:slots": EVERYONE,
    "api:api-root": EVERYONE,
    "api:nowhere": EVERYONE,
}

"""The two families of error: those shown to a person, and those of the evidence tables.

Anything else that escapes is a bug.
"""


class HipspineError(Exception):
    """Base of every error that hipspine raises on purpose."""


class InvalidInput(HipspineError):
    """Something a person wrote cannot be used.

    The message is one line and says what, where, and what would be accepted.
    """


class InvalidFinding(InvalidInput):
    """A finding that is unknown, contradicts itself, or has an impossible value."""


class InvalidEvidence(HipspineError):
    """A row of the evidence tables is wrong; the message names table, row and column."""

"""Telephone numbers as people write them: the same number with and without +1, brackets, dashes."""

from django.db.models import Q

#: So many last digits tell two numbers apart; what stands before them is a country or a zero.
TELLING = 9
#: Digits that are needed to look for a number.
FEWEST = 5


def digits_of(phone: str) -> str:
    """The last digits that tell it apart; empty where there are too few."""
    digits = "".join(c for c in phone if c in "0123456789")[-TELLING:]
    return digits if len(digits) >= FEWEST else ""


def is_same(one: str, other: str) -> bool:
    """Whether these two are one number, however they are written."""
    return one == other or digits_of(one) == digits_of(other) != ""


def has_digits(digits: str) -> Q:
    """Numbers with these digits in this order, whatever stands between them."""
    return Q(phone__regex="[^0-9]*".join(digits))


def is_number(digits: str) -> Q:
    """Numbers that end so. The plain end of the text first: it spares most of them the regex."""
    return Q(phone__endswith=digits[-2:]) & Q(phone__regex="[^0-9]*".join(digits) + "$")

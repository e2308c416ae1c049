"""Long lists a page at a time: the address of the next page names the last line of this one."""

from django.http import HttpRequest

MOST_DIGITS = 18  # fits a database's 64-bit number


def before(request: HttpRequest) -> int | None:
    """The number after `?before=`; None where there is none, or no number."""
    text = request.GET.get("before", "")
    number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if number else None

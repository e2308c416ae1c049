"""Rows of which a page has many: `web.rows`."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from hipspine.clinic.web.rows import Row, filled

register = template.Library()


@register.simple_tag
def rows(found: Iterable[Row]) -> SafeString:
    """Each as its own template shows it."""
    return filled(found)

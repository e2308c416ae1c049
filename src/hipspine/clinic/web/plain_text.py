"""No form takes control characters: PostgreSQL refuses NUL, a terminal or a letter obeys others.

Django refuses NUL only. The rule is hung on `CharField` itself, once, because a form that forgets
it would be found by the first one who tries. Tabs and line ends are text; so are bidi marks, which
names in Arabic and Hebrew need, and which the pages isolate with <bdi>.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE_ENDS = "\t\n\r"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def refuse_control_characters(text: str) -> None:
    """ValidationError for C0 and C1 controls other than tab and line ends, and for surrogates."""
    if isinstance(text, str) and CONTROL.search(text):
        raise ValidationError(_("Remove the invisible control characters."), code="control")


def one_line(text: str) -> None:
    """For a field of one line, where tabs and line ends have no place either."""
    if any(c in LINE_ENDS for c in text):
        raise ValidationError(_("Only letters, digits and signs can be typed here."))


def install() -> None:
    """From now on every new text field, ours or a package's, refuses them. Safe to call twice."""
    for kind in (forms.CharField, forms.EmailField, forms.URLField, forms.SlugField):
        if refuse_control_characters not in kind.default_validators:
            kind.default_validators = [*kind.default_validators, refuse_control_characters]

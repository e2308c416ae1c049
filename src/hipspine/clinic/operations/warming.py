"""What is done once before the first request, so that nobody waits for it."""

import gc

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from django.utils import translation

from hipspine.evidence.loader import evidence

#: Python's own. The command line sets a far higher one, right for a program that ends soon; here
#: every request leaves cycles, and 200,000 of them at once would stop the worker for 250 ms.
COLLECT_EVERY = (700, 10, 10)


def warm() -> None:
    """Addresses, languages, templates and tables in memory; the collector leaves them alone."""
    get_resolver().check()  # loads every app's urls and views
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Main")
            reverse("home")
    for name in _templates():
        get_template(name)
    evidence()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_EVERY)


def _templates() -> list[str]:
    """Ours; what they extend and include comes with the first page that does."""
    folders = [folder for folder in settings.TEMPLATES[0]["DIRS"] if folder.is_dir()]
    return [str(p.relative_to(folder)) for folder in folders for p in folder.rglob("*.html")]

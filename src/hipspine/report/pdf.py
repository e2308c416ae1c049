"""A page as PDF, through WeasyPrint, which may fetch nothing."""

from __future__ import annotations

import contextlib
import io
import logging
from typing import Any, Literal, get_args

from hipspine.errors import InvalidInput

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
_SIZES = {"a4": "A4", "letter": "Letter"}
_NEEDS = (
    "PDF needs WeasyPrint and Pango: pip install 'hipspine[pdf]', and on Debian "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 (or use --format html and print it)"
)


def paper_of(asked: str) -> Paper:
    """The paper of that name; raises InvalidInput that says which there are."""
    for paper in PAPERS:
        if asked.lower() == paper:
            return paper
    raise InvalidInput(f"--paper {asked!r}: accepted: {' or '.join(PAPERS)}")


def pdf_of(html: str, paper: Paper = "a4") -> bytes:
    """The page printed on that paper; raises InvalidInput where the library is missing."""
    weasyprint = _library()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    size = weasyprint.CSS(string=f"@page{{size:{_SIZES[paper]}}}")
    document = weasyprint.HTML(string=html, base_url=None, url_fetcher=refusing(weasyprint))
    written: bytes = document.write_pdf(stylesheets=[size], pdf_tags=True)
    return written


def _library() -> Any:
    """WeasyPrint; what it prints on failing to find Pango is kept from the terminal."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import weasyprint  # noqa: PLC0415  (an extra, 0.4 s)
    except (ImportError, OSError):
        raise InvalidInput(_NEEDS) from None
    return weasyprint


def refusing(weasyprint: Any) -> Any:
    """A fetcher for which no kind of address is allowed: a report holds all that it needs."""
    return weasyprint.urls.URLFetcher(allowed_protocols=())

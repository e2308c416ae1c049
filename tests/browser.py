"""The browser of the tests: one that is there, else the one that Playwright downloaded."""

import os
import shutil
from functools import cache

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@cache
def browser_path() -> str | None:
    """Where a Chromium is; None where there is none."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as play:
        own = play.chromium.executable_path
    return own if os.path.exists(own) else None

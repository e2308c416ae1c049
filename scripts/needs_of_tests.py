"""What the tests need beside Python packages: a browser, and Pango with a font for PDF.

    .venv/bin/python scripts/needs_of_tests.py

Takes what is there; else Debian's packages when root; for the browser else Playwright's own
download. What cannot be had is said in one line, and the tests that need it are skipped.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-dejavu-core")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Install what is missing and can be installed."""
    if not _has_pango() and not (_debian(PANGO) and _has_pango()):
        _say(
            "no Pango: PDF is not tested. On Debian and Ubuntu: apt-get install " + " ".join(PANGO)
        )
    if not _has_browser() and not (_debian(("chromium",)) and _has_browser()):
        done = _quietly([sys.executable, "-m", "playwright", "install", "chromium"])
        if not done:
            _say("no browser: pages are not tested. On Debian: apt-get install chromium")


def _has_pango() -> bool:
    return ctypes.util.find_library("pango-1.0") is not None


def _has_browser() -> bool:
    return any(shutil.which(name) for name in BROWSERS) or _playwrights_own()


def _playwrights_own() -> bool:
    """Whether Playwright has downloaded a browser of its own."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return False
    with sync_playwright() as play:
        return os.path.exists(play.chromium.executable_path)


def _debian(packages: tuple[str, ...]) -> bool:
    """Install Debian packages: only as root, only where apt-get is."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    _say("installing " + " ".join(packages))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return _quietly(install, quiet) or (
        _quietly(["apt-get", "update", "-qq"], quiet) and _quietly(install, quiet)
    )


def _quietly(command: list[str], environment: dict[str, str] | None = None) -> bool:
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _say(line: str) -> None:
    sys.stderr.write(f"test: {line}\n")


if __name__ == "__main__":
    main()

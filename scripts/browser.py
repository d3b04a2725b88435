"""Bring what the browser tests need: a Chromium, fonts, and pdftotext to read our PDFs.

Debian's packages when we are root there; else what is on the machine, else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The first one draws no window, and takes a fifth less time for it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# libatomic1: Playwright's driver needs it, and a bare Debian has it not.
PACKAGES = ("fonts-dejavu-core", "libatomic1", "poppler-utils")


def chromium_path() -> str | None:
    """The system's Chromium; None when Playwright's own is to be used."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def has_own_chromium() -> bool:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return any(folder.glob("chromium*/INSTALLATION_COMPLETE"))


def debian_install() -> None:
    install = ROOT / "scripts" / "apt.sh"
    subprocess.run([install, *PACKAGES], check=True)
    if chromium_path():
        return
    if subprocess.run([install, NAMES[0]], check=False).returncode:  # not in every distribution
        subprocess.run([install, NAMES[1]], check=True)


def main() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        debian_install()
    if chromium_path() or has_own_chromium():
        return
    print("• Playwright's Chromium", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    main()

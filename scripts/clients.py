"""Bring what `make test-clients` needs: node, the npm packages and tincan, in their exact versions.

    .venv/bin/python scripts/clients.py

`tests/clients/package.json` names the packages for node, `requirements/clients.txt` what goes into
an environment of tincan's own. What stands installed as these files have it is left alone.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "clients"
ENVIRONMENT = ROOT / "var" / "test-environments" / "tincan"
REQUIREMENTS = ROOT / "requirements" / "clients.txt"
UV = Path(sys.executable).with_name("uv")
NPM_INSTALL = (
    *("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"),
    *("--loglevel=error", "--fetch-retries=1", "--fetch-timeout=60000"),
)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run it, quietly if it goes well. Else ends with its own words, and with what it may mean."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(
            f"{done.stdout}{done.stderr}\n"
            f"The xAPI clients could not be installed: «{command[0]}» failed, as told above.\n"
            "They come from the package registries of Debian, npm and Python: where none can be\n"
            "reached, these tests cannot run.\n"
        )


def node_install() -> None:
    """Debian's, unless some node and npm are there already."""
    if shutil.which("node") and shutil.which("npm"):
        return
    print("• Debian packages: nodejs npm", flush=True)
    run(ROOT / "scripts" / "apt.sh", "nodejs", "npm")


def packages_install() -> None:
    print("• xAPI clients for node", flush=True)
    shutil.rmtree(FOLDER / "node_modules", ignore_errors=True)
    run(*NPM_INSTALL, cwd=FOLDER)


def tincan_install() -> None:
    print("• tincan, in an environment of its own", flush=True)
    run(UV, "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT)
    python = ENVIRONMENT / "bin" / "python"
    run(UV, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", REQUIREMENTS)


def is_current(record: Path, source: Path) -> bool:
    return record.exists() and record.read_text() == digest(source)


def digest(source: Path) -> str:
    return hashlib.sha256(source.read_bytes()).hexdigest()


def main() -> None:
    node_install()
    for install, source, folder in (
        (packages_install, FOLDER / "package.json", FOLDER / "node_modules"),
        (tincan_install, REQUIREMENTS, ENVIRONMENT),
    ):
        record = folder / "installed"
        if not is_current(record, source):
            install()
            record.write_text(digest(source))


if __name__ == "__main__":
    main()

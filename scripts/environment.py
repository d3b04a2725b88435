"""Make `.venv` hold what a level of `requirements/` locks. Plain Python, before anything is there.

    python3 scripts/environment.py base|media|test|dev

Each level contains the ones before it (media stands aside). What was installed is recorded in the
environment itself, with the hash of the file, once the installation has ended: a second call does
nothing, and an interrupted one is taken up again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RECORD = VENV / "installed.json"
LEVELS = ("base", "test", "dev")
MEDIA = "media"
OLDEST = (3, 11)


def digest(name: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def record_read() -> dict[str, str]:
    """What is installed: level → hash of its requirements file, as it was."""
    try:
        record: dict[str, str] = json.loads(RECORD.read_text())
    except (OSError, ValueError):
        return {}
    return record


def is_current(level: str, record: dict[str, str]) -> bool:
    """Whether `level`, or a level that contains it, stands installed as its file has it now."""
    containing = LEVELS[LEVELS.index(level) :] if level in LEVELS else (level,)
    return any(record.get(name) == digest(name) for name in containing)


def step(text: str) -> None:
    print(f"• {text}", flush=True)


def fail(text: str) -> None:
    sys.exit(f"\n{text}\n")


def run(*command: str | Path, **environment: str) -> None:
    done = subprocess.run([str(part) for part in command], env={**os.environ, **environment})
    if done.returncode:
        fail(f"Failed ({done.returncode}): {' '.join(str(part) for part in command)}")


def has_venv_module() -> bool:
    """Debian ships python3 without the parts that make a virtual environment."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, capture_output=True).returncode == 0


def venv_module_install() -> None:
    if has_venv_module():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail("Python's venv module is missing. Install it first: sudo apt-get install python3-venv")
    run(ROOT / "scripts" / "apt.sh", "python3-venv")


def venv_create() -> None:
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    venv_module_install()
    step("Virtual environment in .venv")
    if VENV.exists() and not VENV.is_symlink():
        shutil.rmtree(VENV)  # what an interrupted call left
    run(sys.executable, "-m", "venv", VENV)


def uv_install(record: dict[str, str]) -> None:
    uv = VENV / "bin" / "uv"
    if uv.exists() and record.get("uv") == digest("uv"):
        return
    step("uv, by pip, hash-pinned")
    requirements = ROOT / "requirements" / "uv.txt"
    pip = [VENV / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, "--require-hashes", "--no-deps", "-r", requirements)
    record_write(record, "uv")


def record_write(record: dict[str, str], name: str) -> None:
    record[name] = digest(name)
    partial = RECORD.with_suffix(".partial")
    partial.write_text(json.dumps(record, indent=1, sort_keys=True))
    partial.replace(RECORD)


def requirements_install(level: str, record: dict[str, str]) -> None:
    """Install exactly the locked files; once this script has filled the environment, also remove
    what a newer lock no longer names."""
    known = [name for name in LEVELS if name in record]
    highest = max([*known, level], key=LEVELS.index) if level in LEVELS else level
    step(f"Packages of requirements/{highest}.txt")
    verb = "sync" if known and level in LEVELS else "install"
    files = [ROOT / "requirements" / f"{highest}.txt"]
    command = [VENV / "bin" / "uv", "pip", verb, "--quiet", "--python", PYTHON, "--require-hashes"]
    command.append("--compile-bytecode")  # or the first page pays for it
    if verb == "install":
        command.append("-r")
    run(*command, *files, UV_NO_PROGRESS="1")
    if verb == "sync":
        record.pop(MEDIA, None)  # it stands aside, and was removed
    record_write(record, highest)


def main(level: str) -> None:
    if sys.version_info < OLDEST:
        fail(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version}")
    if PYTHON.exists() and is_current(level, record_read()):
        return
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two make calls at once: the second waits
        if PYTHON.exists() and is_current(level, record_read()):
            return
        start = time.monotonic()
        venv_create()
        record = record_read()
        uv_install(record)
        requirements_install(level, record)
        step(f"Environment «{level}» ready in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in (*LEVELS, MEDIA):
        fail(__doc__ or "")
    main(sys.argv[1])

"""Serve the development site: the web server and the background worker, together.

    .venv/bin/python scripts/serve.py        (PORT=8000 HOST=127.0.0.1 RELOAD=1)

Both stop when one of them does, or on Ctrl-C, TERM or a closed terminal; nothing stays behind.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import prepare  # noqa: E402

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT") or 8000)
RELOAD = os.environ.get("RELOAD", "1") not in ("", "0", "no", "false")
PATIENCE = 10  # seconds from asking to stop to killing
READY_WITHIN = 90  # seconds

ACCOUNTS = (
    ("agent@demo.test", "infirmière au CHU"),
    ("redaction@demo.test", "rédaction nationale"),
    ("communication@demo.test", "communication du CHU"),
    ("cadre@demo.test", "cadre d’un service"),
    ("rssi@demo.test", "RSSI, tout le CHU"),
    ("referente@demo.test", "RSSI d’un autre hôpital, attend son accès"),
    ("ars@demo.test", "ARS, la région"),
    ("rencontres@demo.test", "rencontres de la région"),
    ("national@demo.test", "équipe nationale"),
    ("admin@demo.test", "administration"),
)
PASSWORD = "vigilance-demo-2026"


class StopRequestError(Exception):
    """Somebody asked us to stop."""


def on_signal(number: int, frame: FrameType | None) -> None:
    raise StopRequestError(signal.Signals(number).name)


def port_check() -> None:
    """Say so now if the port is taken, rather than after the set-up."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as error:
            sys.exit(f"Port {PORT} is taken ({error.strerror}). Choose another: make run PORT=8010")


def accepts() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, PORT)) == 0


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """A manage.py command in a process group of its own, so that all of it can be stopped."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    environment = {"BASE_URL": f"http://{HOST}:{PORT}", **os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def group_lives(process: subprocess.Popen[bytes]) -> bool:
    process.poll()  # a zombie leader would count as alive
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End every process group, kindly first, and wait until it is gone."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            signal_group(process, number)
        deadline = time.monotonic() + PATIENCE
        while any(group_lives(process) for process in processes):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return


@contextmanager
def together() -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    try:
        yield processes
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave orphans
        stop(processes)


def banner() -> str:
    site = f"http://{HOST}:{PORT}"
    lines = [
        "",
        f"  Site       {site}/",
        f"  Espace     {site}/mon-espace/",
        f"  Couverture {site}/couverture/",
        f"  Admin      {site}/admin/",
        f"  xAPI       {site}/xapi/about",
        "",
        f"  Sample accounts (password {PASSWORD}):",
        *(f"    {address:<26}{who}" for address, who in ACCOUNTS),
        "",
        "  Ctrl-C stops the web server and the worker.",
        "",
    ]
    return "\n".join(lines)


def wait_ready(processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not accepts():
        if time.monotonic() > deadline or any(process.poll() is not None for process in processes):
            return
        time.sleep(0.2)
    print(banner(), flush=True)


def serve() -> int:
    """Run until asked to stop (0) or until one of the two ends (its code, never 0)."""
    web, worker = ((), ("--reload",)) if RELOAD else (("--noreload",), ("--no-reload",))
    with together() as processes:
        processes.append(start("runserver", f"{HOST}:{PORT}", *web))
        processes.append(start("db_worker", *worker))
        wait_ready(processes)
        while True:
            for name, process in zip(("web server", "worker"), processes, strict=True):
                code = process.poll()
                if code is not None:
                    print(f"The {name} has ended ({code}); stopping the other.", file=sys.stderr)
                    return code or 1
            time.sleep(0.3)


def main() -> int:
    port_check()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    try:
        prepare.prepare()
        return serve()
    except StopRequestError as reason:
        print(f"\nStopped ({reason}).", flush=True)
        return 0


if __name__ == "__main__":
    sys.exit(main())

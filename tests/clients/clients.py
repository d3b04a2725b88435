"""The clients under test: what each can do, and how it is run."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.databases import ROOT

FOLDER = Path(__file__).parent
TINCAN_PYTHON = ROOT / "var" / "test-environments" / "tincan" / "bin" / "python"
TIME_LIMIT = 60  # seconds for all steps of one client

CORE = frozenset(
    {
        "single",
        "put",
        "batch",
        "conflict",
        "invalid",
        "get",
        "filters",
        "pages",
        "voiding",
        "state",
        "activityProfile",
        "agentProfile",
        "denied",
    }
)
"""The steps that each of them can take."""


@dataclass(frozen=True)
class Client:
    """`steps` are what it can do; `missing` what it cannot do with a document."""

    name: str
    version: str
    steps: frozenset[str]
    adapter: str = ""
    in_page: bool = False
    missing: frozenset[str] = frozenset()

    def __str__(self) -> str:
        place = "page" if self.in_page else ""
        return "-".join(filter(None, (self.name, self.adapter, place, self.version)))

    @property
    def driver(self) -> str:
        """The name of its file in `drivers/`."""
        return f"{self.name.replace('-', '_')}.js" if self.name != "tincan" else "tincan_python.py"

    def drive(self, plan: dict[str, Any]) -> dict[str, Any]:
        """The results of its steps, from a process of its own."""
        starter = [str(TINCAN_PYTHON), "-W", "error"] if self.name == "tincan" else ["node"]
        done = subprocess.run(
            [*starter, str(FOLDER / "drivers" / self.driver)],
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        results: dict[str, Any] = json.loads(done.stdout)
        return results


def _tincanjs(*, in_page: bool) -> Client:
    steps = CORE | {"about", "idsFormat", "activity", "attachment", "long"}
    return Client("tincanjs", "1.0.2", steps, in_page=in_page)


def _xapi(adapter: str, version: str, *, in_page: bool = False) -> Client:
    more = {"about", "idsFormat", "activity", "person"}
    can_attach = adapter == "fetch" or in_page
    more |= {"attachment", "twoAttachments"} if can_attach else {"blob"}
    return Client("xapi", version, CORE | more, adapter, in_page)


def _adl(version: str) -> Client:
    return Client("adl-xapiwrapper", version, CORE | {"idsFormat", "activity", "person"})


def _wrapper(version: str) -> Client:
    steps = CORE | {"idsFormat", "activity", "person", "attachment"}
    return Client("xapiwrapper", version, steps, in_page=True)


TINCAN = Client("tincan", "1.0.3", CORE | {"about"}, missing=frozenset({"merged", "again"}))
CLIENTS = (
    _tincanjs(in_page=False),
    _xapi("axios", "1.0.3"),
    _xapi("axios", "2.0.0"),
    _xapi("fetch", "1.0.3"),
    _xapi("fetch", "2.0.0"),
    _adl("1.0.3"),
    _adl("2.0.0"),
    TINCAN,
    _tincanjs(in_page=True),
    _xapi("axios", "2.0.0", in_page=True),
    _wrapper("1.0.3"),
    _wrapper("2.0.0"),
)

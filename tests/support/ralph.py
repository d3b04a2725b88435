"""Another xAPI library, ralph-malph, in an environment of its own: a second opinion."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import ROOT, one_at_a_time

RALPH = ("ralph-malph[lrs]==5.1.0", "requests")
"""Its API needs requests, which its `lrs` extra does not bring."""

JUDGE = """
import json, sys
from ralph.exceptions import UnknownEventException
from ralph.models.selector import ModelSelector
from ralph.models.xapi.base.statements import BaseXapiStatement

selector = ModelSelector("ralph.models.xapi.video.statements")

def judged(statement):
    statement["version"] = "1.0.3"  # the models know no 2.0; what is read here is the same in both
    BaseXapiStatement.model_validate(statement)
    del statement["verb"]["display"]  # which a profile's model would have in «en-US» alone
    try:
        model = selector.get_first_model(statement)
    except UnknownEventException:
        return "BaseXapiStatement"
    model.model_validate(statement)
    return model.__name__

def opinion(statement):
    try:
        return {"model": judged(statement)}
    except ValueError as error:
        return {"objection": statement["verb"]["id"] + " " + str(error)}

json.dump([opinion(statement) for statement in json.load(sys.stdin)], sys.stdout)
"""


def ralph_python() -> Path:
    """Its interpreter; the environment is made once and kept. Skips where it cannot be made."""
    folder = ROOT / "var" / "test-environments" / "ralph"
    python, done = folder / "bin" / "python", folder / "installed"
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv)] if uv.exists() else ["uv"]
    with one_at_a_time():
        if done.exists() and done.read_text() == " ".join(RALPH):
            return python
        try:
            for arguments in (
                ["venv", "--quiet", "--clear", "--python", sys.executable, str(folder)],
                ["pip", "install", "--quiet", "--python", str(python), *RALPH],
            ):
                subprocess.run(
                    [*command, *arguments], check=True, capture_output=True, text=True, timeout=180
                )
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"ralph-malph cannot be installed here: {getattr(error, 'stderr', error)}")
        done.write_text(" ".join(RALPH))
    return python


def ralph_models(statements: list[dict[str, Any]]) -> list[str]:
    """The model that each of these is valid by: one of the video profile, or just the base one.

    One process judges them all. Fails with what the models have against any.
    """
    judge = subprocess.run(
        [ralph_python(), "-c", JUDGE],
        input=json.dumps(statements),
        capture_output=True,
        text=True,
        check=False,
    )
    assert judge.returncode == 0, judge.stderr
    opinions = json.loads(judge.stdout)
    objections = [one["objection"] for one in opinions if "objection" in one]
    assert not objections, "\n".join(objections)
    return [one["model"] for one in opinions]

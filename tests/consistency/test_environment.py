"""`.env.example` lists the variables that the settings read, all of them and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .rooms import ROOT

DOCUMENTED = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
INSTALLED = (".venv", "var")  # other people's code
PYTHON = [
    file for file in ROOT.glob("*/**/*.py") if file.relative_to(ROOT).parts[0] not in INSTALLED
]


def names_read(tree: ast.AST) -> Iterator[str]:
    """The first argument of `env("…")` and of `env.int("…")` and its like."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        reader = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        first = node.args[0]
        if isinstance(reader, ast.Name) and reader.id == "env" and isinstance(first, ast.Constant):
            yield str(first.value)


def test_every_variable_is_documented_and_no_other() -> None:
    read = {name for file in PYTHON for name in names_read(ast.parse(file.read_text()))}
    assert read == set(DOCUMENTED.findall((ROOT / ".env.example").read_text()))


def test_rooms_read_settings_never_the_environment() -> None:
    direct = re.compile(r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE)|os\.getenv")
    outside = ("tests", "scripts", "bench")
    wrong = [
        str(file.relative_to(ROOT))
        for file in PYTHON
        if file.relative_to(ROOT).parts[0] not in outside and direct.search(file.read_text())
    ]
    assert not wrong

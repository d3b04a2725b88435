"""What the files as such promise."""

from __future__ import annotations

import re
import subprocess

import pytest

from .rooms import ROOT

# Where packages come from is each machine's own configuration. Put together here, so that this
# file does not hold what it forbids.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
    )
]
A_TEST = re.compile(r"^\s*(?:def test_|class Test\w*[:(])", re.MULTILINE)


def tracked(*patterns: str) -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registry() -> None:
    wrong = [
        f"{name}: {host}"
        for name in tracked()
        for host in REGISTRY_HOSTS
        if host.encode() in (ROOT / name).read_bytes()
    ]
    assert not wrong, "\n".join(wrong)


def test_every_requirement_is_pinned_with_hashes() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        lines = file.read_text().splitlines()
        pins = [i for i, line in enumerate(lines) if re.match(r"[a-z0-9]", line, re.IGNORECASE)]
        assert pins, file.name
        for i in pins:
            assert "==" in lines[i]
            assert lines[i + 1].lstrip().startswith("--hash=sha256:"), lines[i]


def test_every_test_file_is_collected() -> None:
    """pytest takes `tests/**/test_*.py`: a test elsewhere would never run."""
    wrong = [
        name
        for name in tracked("*.py")
        if A_TEST.search((ROOT / name).read_text())
        and not re.match(r"tests/(?:.*/)?test_\w+\.py$", name)
        and not name.startswith("tests/support/")
    ]
    assert not wrong


def test_every_test_folder_is_a_package() -> None:
    """So that two files of the same name in two rooms are two modules."""
    folders = {(ROOT / name).parent for name in tracked("tests/*.py")}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").exists()]

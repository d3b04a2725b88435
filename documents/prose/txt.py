"""Plain text, for a mail or an intranet that takes nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from documents.prose.reading import Paragraph, Run

BOM = "\ufeff"
"""So that the editor of Windows reads UTF-8."""


def txt_render(*, title: str, paragraphs: Iterable[Paragraph]) -> str:
    """The text with Windows line ends; what follows a heading or a list stands apart from it."""
    lines = [title, ""]
    before = ""
    for one in paragraphs:
        is_item = one.style in ("bullet", "number")
        if before and not (is_item and before == one.style):
            lines.append("")
        lines += _lines(one)
        before = one.style
    return "\r\n".join([*lines, ""])


def _lines(one: Paragraph) -> list[str]:
    text = "".join(_told(run) for run in one.runs)
    if one.style == "heading":
        return text.upper().split("\n")
    mark = {"bullet": "- ", "number": f"{one.number}. "}.get(one.style, "")
    indent = "  " * max(0, one.depth - 1)
    first, *rest = text.split("\n")
    return [f"{indent}{mark}{first}", *(f"{indent}{' ' * len(mark)}{line}" for line in rest)]


def _told(run: Run) -> str:
    """A link says its address, unless that is what it reads already."""
    address = run.href.removeprefix("mailto:").removeprefix("tel:")
    return f"{run.text} ({address})" if address and address not in run.text else run.text

"""An undefined variable in a template of ours fails the test that renders it.

Django renders it as nothing, which hides typing errors. `{% if x %}`, `{% for y in x %}` and
`{{ x|default:"" }}` may still ask for what is not there: they say what happens then. Templates of
packages keep Django's behaviour.
"""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from django.template.base import (
    FilterExpression,
    Parser,
    Variable,
    VariableDoesNotExist,
)
from django.templatetags.i18n import BlockTranslateNode

ROOT = Path(__file__).resolve().parent.parent.parent
TOLERANT_FILTERS = {"default", "default_if_none"}
# Overrides of a package's templates keep the package's habits.
FOREIGN = (".venv", "templates/dsfr", "templates/wagtailadmin")

_lenient: ContextVar[bool] = ContextVar("_lenient", default=True)


class UndefinedVariableError(AssertionError):
    """Which template asks for which variable."""


def is_ours(origin: Any) -> bool:
    try:
        relative = Path(str(getattr(origin, "name", ""))).relative_to(ROOT)
    except ValueError:
        return False
    return not str(relative).startswith(FOREIGN)


class StrictVariable(Variable):
    origin: Any = None

    def resolve(self, context: Any) -> Any:
        try:
            return super().resolve(context)
        except VariableDoesNotExist as missing:
            if _lenient.get():
                raise
            raise UndefinedVariableError(f"{self.origin}: {self.var}") from missing


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    original_init, original_resolve = FilterExpression.__init__, FilterExpression.resolve
    original_render = BlockTranslateNode.render

    def init(self: Any, token: str, parser: Parser) -> None:
        original_init(self, token, parser)
        origin = getattr(parser, "origin", None)
        filters = [function.__name__ for function, _arguments in self.filters]
        if not is_ours(origin) or TOLERANT_FILTERS.intersection(filters[:1]):
            return
        if isinstance(self.var, Variable) and self.var.lookups and not self.var.translate:
            self.var = StrictVariable(self.var.var)
            self.var.origin = origin

    def resolve(self: Any, context: Any, ignore_failures: bool = False) -> Any:
        token = _lenient.set(ignore_failures or not isinstance(self.var, StrictVariable))
        try:
            return original_resolve(self, context, ignore_failures)
        finally:
            _lenient.reset(token)

    def render(self: Any, context: Any, nested: bool = False) -> Any:
        """`{% blocktranslate %}` looks its variables up by itself."""
        if is_ours(getattr(self, "origin", None)) and not nested:
            _text, names = self.render_token_list([*self.singular, *self.plural])
            known = {*self.extra_context, self.countervar}
            for name in names:
                if name not in known and name not in context:
                    raise UndefinedVariableError(f"{self.origin}: {name}")
        return original_render(self, context, nested)

    monkeypatch.setattr(FilterExpression, "__init__", init)
    monkeypatch.setattr(FilterExpression, "resolve", resolve)
    monkeypatch.setattr(BlockTranslateNode, "render", render)

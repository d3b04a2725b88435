"""Figures in French form for the templates, and what several pages show alike."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.template.base import Parser, Token
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from organisation.models import Department, Establishment, Region
from reporting import figures
from reporting.kept import Kept
from reporting.objectives.places import ObjectivePlace
from reporting.objectives.presenters import lines_of
from reporting.objectives.selectors import (
    Followed,
    followed_frozen,
    followed_live,
    objectives_standing,
)
from reporting.permissions import can_set_objectives
from reporting.selectors.coverage import Coverage

register = template.Library()

register.filter("french_number", figures.number)


@register.filter
def breaks_at_slashes(path: str) -> SafeString:
    """An address that a narrow screen breaks between its parts, not within them."""
    return format_html_join("/", "{}<wbr>", ((part,) for part in path.split("/")))


SAID_ELSEWHERE = frozenset({"date", "mois", "vue"})
"""Filters that a page's own sentence or head of a table says already."""


@register.simple_tag
def filters_chosen(form: forms.Form) -> list[str]:
    """What a form of filters is asked for, in words: «Filière : soignante». No query."""
    asked = getattr(form, "cleaned_data", {})
    return [
        _choice_words(form.fields[name], value)
        for name, value in asked.items()
        if value and name not in SAID_ELSEWHERE and not form.fields[name].widget.is_hidden
    ]


def _choice_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return str(field.label)
    if isinstance(field, forms.ModelChoiceField):
        value = field.label_from_instance(value)
    elif isinstance(field, forms.ChoiceField):
        value = dict(field.choices)[value]  # type: ignore[arg-type]
    elif isinstance(field, forms.DateField):
        value = date_format(value)
    return f"{field.label}{figures.NBSP}: {value}"


@register.tag("kept")
def kept_tag(parser: Parser, token: Token) -> _KeptNode:
    """`{% kept %}…{% endkept %}`: written once while the page's `kept` stands."""
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return _KeptNode(nodes)


class _KeptNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        kept: Kept | None = context.get("kept")
        if kept is None:
            return self.nodelist.render(context)
        if kept.html is None:
            kept.store(str(self.nodelist.render(context)))
        return SafeString(kept.html)


@register.inclusion_tag("reporting/partials/objectives.html", takes_context=True)
def objectives_here(context: dict[str, Any]) -> dict[str, Any]:
    """The objectives of the place that a page of coverage shows, on the figures it has counted: a
    live table by roles, or a month of a region's or the nation's grid. Nothing elsewhere."""
    place, coverage = context.get("place"), context.get("coverage")
    if coverage is None:
        return _frozen(context, place)
    if context.get("view") == "departments" or not isinstance(place, Department | Establishment):
        return {}
    return _shown(context, ObjectivePlace(place), coverage)


def _frozen(context: dict[str, Any], place: Any) -> dict[str, Any]:
    if not (place is None or isinstance(place, Region)):
        return {}
    return _shown(context, ObjectivePlace(place), None)


def _shown(
    context: dict[str, Any], place: ObjectivePlace, coverage: Coverage | None
) -> dict[str, Any]:
    objectives = objectives_standing(scope=place.scope)
    followed: list[Followed] = []
    where = place.place
    if objectives and isinstance(where, Department | Establishment) and coverage is not None:
        followed = followed_live(place=where, coverage=coverage, objectives=objectives)
    elif objectives and (where is None or isinstance(where, Region)):
        month = context["choice"].month
        followed = followed_frozen(region=where, month=month, objectives=objectives)
    return {
        "place": place,
        "lines": lines_of(followed),
        "may_set": _may_set(context, place),
    }


def _may_set(context: dict[str, Any], place: ObjectivePlace) -> bool:
    """As the page knows already, if it does."""
    known: bool | None = context.get("may_set_objectives")
    return can_set_objectives(context["request"].user, place.scope) if known is None else known

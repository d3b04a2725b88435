"""The OpenAPI document as a page lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GROUPS = {
    "lieux": gettext_lazy("Pour commencer"),
    "mois": gettext_lazy("Pour commencer"),
    "etablissements": gettext_lazy("Un établissement"),
    "services": gettext_lazy("Un service"),
    "regions": gettext_lazy("Une région"),
    "france": gettext_lazy("Le pays"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    description: str
    values: str


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    path: str
    summary: str
    parameters: list[Parameter]
    answer: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    operations: list[Operation]


def operations_of(document: Mapping[str, Any]) -> list[Group]:
    """Every operation of the document, in groups."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        short = path.partition("/v1")[2]
        title = str(GROUPS[short.split("/")[1]])
        groups.setdefault(title, []).append(_operation(path, methods["get"]))
    return [Group(title, operations) for title, operations in groups.items()]


def _operation(path: str, told: Mapping[str, Any]) -> Operation:
    content = told["responses"][200]["content"]["application/json"]["schema"]
    return Operation(
        id=told["operationId"],
        path=path,
        summary=told["summary"],
        parameters=[_parameter(one) for one in told.get("parameters", [])],
        answer=content["$ref"].rpartition("/")[2],
    )


def _parameter(told: Mapping[str, Any]) -> Parameter:
    schema = told["schema"]
    kinds = [schema, *schema.get("anyOf", [])]
    values: list[str] = next((one["enum"] for one in kinds if "enum" in one), [])
    formats = next((one["format"] for one in kinds if "format" in one), "")
    shown = {"date": _("AAAA-MM-JJ"), "uuid": _("uid")}.get(formats, "")
    return Parameter(
        name=told["name"],
        place=_("dans le chemin") if told["in"] == "path" else _("facultatif"),
        description=schema.get("description", told.get("description", "")),
        values="" if told["in"] == "path" else " | ".join(values) or shown,
    )

"""The shape of what the API answers, for its document and for the tests. Fields are only added."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class Hidden(Shape):
    """A group of fewer than five people, or one that would give such a group away."""

    hidden: Literal[True]


class NotRequired(Shape):
    """Nothing is asked of anybody there: neither 0 % nor 100 %."""

    hidden: Literal[False]
    required: Literal[False]


class Figures(Shape):
    """People, each counted once."""

    hidden: Literal[False]
    required: Literal[True]
    covered: int = Field(description="À jour ce jour-là")
    expected: int = Field(description="Personnes connues à qui la formation est demandée")
    declared: int | None = Field(description="Effectif déclaré, s’il y en a un")
    unknown: int = Field(description="Déclarées au-delà des personnes connues : non recensées")
    people: int = Field(description="Le dénominateur : attendues et non recensées")
    overdue: int = Field(description="En retard")
    percent: int = Field(description="Part à jour, en pour cent")
    by_declaration: int | None = Field(
        None, description="Parmi les personnes à jour, celles qui le sont sur déclaration seule"
    )


Cell = Hidden | NotRequired | Figures


class PlaceRef(Shape):
    kind: Literal["department", "establishment", "region", "nation"]
    ref: str = Field(description="uid d’un établissement ou d’un service, code d’une région")
    name: str


class MyPlace(PlaceRef):
    links: dict[str, str]


class MyPlaces(Shape):
    places: list[MyPlace]


class ModuleRef(Shape):
    uid: uuid.UUID
    kind: str
    title: str


class FamilyRef(Shape):
    code: str
    name: str


class CellAt(Shape):
    """A cell with the column it stands in; null is the total."""

    module: uuid.UUID | None = None
    role_family: str | None = None
    cell: Cell


class Row(Shape):
    """`kind` says what the row counts; `ref` is its code or uid, null for a total or for people
    without department."""

    kind: Literal[
        "total",
        "family",
        "role",
        "department",
        "role_family",
        "establishment",
        "region",
        "establishment_family",
        "establishment_size",
    ]
    ref: str | None
    name: str
    cells: list[CellAt]


class Matrix(Shape):
    place: PlaceRef
    day: dt.date
    computed_at: dt.datetime
    modules: list[ModuleRef]
    rows: list[Row]


class MonthRef(Shape):
    ends_on: dt.date
    computed_at: dt.datetime


class Months(Shape):
    months: list[MonthRef]


class Reach(Shape):
    known: int
    total: int


class Grid(Shape):
    place: PlaceRef
    month: MonthRef
    columns: Literal["modules", "role_families"]
    modules: list[ModuleRef]
    role_families: list[FamilyRef]
    reach: Reach | None
    rows: list[Row]


class TrendPoint(Shape):
    ends_on: dt.date
    cell: Cell


class Trend(Shape):
    place: PlaceRef
    role_family: str | None
    module: uuid.UUID | None
    months: list[TrendPoint]


class SeriesMonth(Shape):
    ends_on: dt.date
    cells: list[CellAt]


class Series(Shape):
    """Every role family by every module, and their totals."""

    place: PlaceRef
    months: list[SeriesMonth]


class Silent(Shape):
    uid: uuid.UUID
    finess: str | None
    name: str
    family: str
    region: str | None
    heard_since: bool = Field(description="Quelque chose en est connu depuis la fin du mois")


class SilentList(Shape):
    place: PlaceRef
    month: MonthRef
    reach: Reach
    establishments: list[Silent]


class ObjectiveOut(Shape):
    uid: uuid.UUID
    role_family: str | None
    role: str | None
    module: uuid.UUID | None
    percent: int
    due_on: dt.date
    state: Literal["reached", "under_way", "past", "hidden", "unmeasured"]
    cell: Cell
    missing: int | None = Field(description="Personnes qui manquent ; null si masqué ou non mesuré")
    pace: Literal["unknown", "reaches", "stalls", "far"]
    reached_in: str | None = Field(description="Mois (AAAA-MM) au rythme des trois derniers mois")


class Objectives(Shape):
    place: PlaceRef
    day: dt.date | None
    objectives: list[ObjectiveOut]


class ErrorBody(Shape):
    code: Literal[
        "unauthenticated", "forbidden", "not_found", "invalid", "too_many_requests", "refused"
    ]
    message: str
    fields: dict[str, list[str]] = Field({}, description="Les paramètres refusés, et pourquoi")


class Error(Shape):
    error: ErrorBody


class NoFilters(Schema):
    pass


class DayFilters(Schema):
    """Those of the page, by the same names."""

    date: dt.date | None = Field(
        None, description="Situation à la fin de ce jour ; sinon aujourd’hui"
    )
    filiere: str | None = Field(None, description="Code d’une filière")
    module: uuid.UUID | None = Field(None, description="uid d’un module")


class MatrixFilters(DayFilters):
    par: Literal["metiers", "services"] = Field("metiers", description="Ce que comptent les lignes")


class MonthFilters(Schema):
    mois: dt.date | None = Field(
        None, description="Dernier jour d’un mois arrêté ; sinon le dernier"
    )


class GridFilters(MonthFilters):
    vue: Literal["modules", "filieres"] = Field("modules", description="Les colonnes")


class RegionFilters(GridFilters):
    famille: str | None = Field(None, description="Famille d’établissements")


class SilentFilters(MonthFilters):
    famille: str | None = Field(None, description="Famille d’établissements")


class NationSilentFilters(SilentFilters):
    region: str | None = Field(None, description="Code d’une région")


class TrendFilters(Schema):
    filiere: str | None = Field(None, description="Code d’une filière ; sinon toutes")
    module: uuid.UUID | None = Field(None, description="uid d’un module ; sinon tous")

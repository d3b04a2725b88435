"""What can be asked. Each operation reads through the selectors of the pages, asks the same right,
and understands the same filters by the same forms."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema

from organisation.enums import GrantRight, ScopeKind
from organisation.models import Department, Establishment, Region, RoleFamily
from organisation.scopes import Scope
from organisation.selectors import grants_of_user
from reporting.counting import ALL
from reporting.enums import PlaceKind, SizeClass
from reporting.forms import DayForm, GridForm, SilentForm, TrainableField
from reporting.models import CoverageMonth
from reporting.objectives.following import followed_now
from reporting.objectives.places import ObjectivePlace
from reporting.objectives.selectors import objectives_standing
from reporting.permissions import (
    can_read_department,
    can_read_establishment,
    can_read_grid_of_establishment,
    can_read_nation,
    can_read_region,
    can_read_scope,
    require,
)
from reporting.selectors import grid
from reporting.selectors.coverage import (
    coverage_by_department,
    coverage_of_department,
    coverage_of_establishment,
)
from training.models import Trainable
from users.models import User

from . import answers, schemas
from .guards import Unknown

router = Router()
ERRORS: dict[int, Any] = dict.fromkeys((401, 403, 404, 422, 429), schemas.Error)


class Invalid(Exception):
    """A filter that does not exist, by the form that reads it."""

    def __init__(self, form: forms.Form) -> None:
        self.fields = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
        super().__init__(self.fields)


class CellForm(forms.Form):
    """Which cell of a place: a role family or all, a module or all."""

    filiere = forms.ModelChoiceField(
        queryset=RoleFamily.objects.all(), to_field_name="code", required=False
    )
    module = TrainableField(queryset=Trainable.objects.all(), to_field_name="uid", required=False)


@router.get(
    "/lieux",
    response={200: schemas.MyPlaces, **ERRORS},
    summary="Les lieux que vous lisez, et ce qui s’y demande",
    url_name="places",
)
def places(request: HttpRequest) -> HttpResponse:
    _check_names(request, schemas.NoFilters())
    grants = grants_of_user(
        user=reader_of(request), day=timezone.localdate(), right=GrantRight.READ_COVERAGE
    )
    own = {Scope.of(grant): grant.place for grant in grants}
    found = [answers.my_place(place) for place in own.values()]
    return answer({"places": sorted(found, key=lambda one: (one["kind"], one["name"]))})


@router.get(
    "/mois",
    response={200: schemas.Months, **ERRORS},
    summary="Les mois arrêtés, le dernier d’abord",
    url_name="months",
)
def months(request: HttpRequest) -> HttpResponse:
    _check_names(request, schemas.NoFilters())
    grants = grants_of_user(
        user=reader_of(request), day=timezone.localdate(), right=GrantRight.READ_COVERAGE
    )
    require(any(grant.scope != ScopeKind.DEPARTMENT for grant in grants))
    return answer({"months": [answers.month_ref(one) for one in grid.months()]})


@router.get(
    "/etablissements/{uid}/matrice",
    response={200: schemas.Matrix, **ERRORS},
    summary="La couverture d’un établissement un jour donné, par métier ou par service",
    url_name="establishment_matrix",
)
def establishment_matrix(
    request: HttpRequest, uid: uuid.UUID, filters: Query[schemas.MatrixFilters]
) -> HttpResponse:
    _check_names(request, filters)
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_establishment(reader_of(request), place))
    form = _valid(DayForm(request.GET))
    by_department = filters.par == "services"
    if by_department and form.value("filiere"):
        form.add_error("filiere", "Ce filtre ne vaut que par métier.")
        raise Invalid(form)
    count = coverage_by_department if by_department else coverage_of_establishment
    coverage = count(establishment=place, day=form.value("date"))
    return answer(
        answers.matrix(
            place=place,
            coverage=coverage,
            by_department=by_department,
            family=form.value("filiere"),
            module=form.value("module"),
        )
    )


@router.get(
    "/services/{uid}/matrice",
    response={200: schemas.Matrix, **ERRORS},
    summary="La couverture d’un service un jour donné, par métier",
    url_name="department_matrix",
)
def department_matrix(
    request: HttpRequest, uid: uuid.UUID, filters: Query[schemas.DayFilters]
) -> HttpResponse:
    _check_names(request, filters)
    place = get_object_or_404(Department.objects.select_related("establishment"), uid=uid)
    require(can_read_department(reader_of(request), place))
    form = _valid(DayForm(request.GET))
    return answer(
        answers.matrix(
            place=place,
            coverage=coverage_of_department(department=place, day=form.value("date")),
            by_department=False,
            family=form.value("filiere"),
            module=form.value("module"),
        )
    )


@router.get(
    "/etablissements/{uid}/grille",
    response={200: schemas.Grid, **ERRORS},
    summary="La part d’un établissement dans la grille d’un mois : filières par modules",
    url_name="establishment_grid",
)
def establishment_grid(
    request: HttpRequest, uid: uuid.UUID, filters: Query[schemas.MonthFilters]
) -> HttpResponse:
    _check_names(request, filters)
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_grid_of_establishment(reader_of(request), place))
    month = _month(_valid(GridForm(request.GET)))
    found = grid.establishment_rows(month=month, establishments=[place.pk], details=True)
    own = found.get(place.pk, grid.GridRow())
    columns = answers.Columns(grid.trainables_of_month(month=month))
    rows = [columns.row("total", None, place.name, own)]
    rows += [
        columns.row("role_family", family.code, family.name, own, of=family)
        for family in grid.role_families_of_month(month=month)
    ]
    return answer(answers.grid(place=place, month=month, columns=columns, rows=rows, reach=None))


@router.get(
    "/regions/{code}/grille",
    response={200: schemas.Grid, **ERRORS},
    summary="La grille d’un mois d’une région : son total et ses établissements renseignés",
    url_name="region_grid",
)
def region_grid(
    request: HttpRequest, code: str, filters: Query[schemas.RegionFilters]
) -> HttpResponse:
    _check_names(request, filters)
    place = _region(request, code)
    form = _valid(GridForm(request.GET))
    month, family = _month(form), form.cleaned_data["famille"]
    columns = _columns(form, month)
    entries = list(grid.known_establishments(month=month, region=place, family=family))
    found = grid.establishment_rows(
        month=month, establishments=[entry.establishment_id for entry in entries]
    )
    total = grid.region_row(month=month, region=place)
    rows = [
        columns.row("region", place.code, place.name, total),
        *(
            columns.row(
                "establishment",
                str(entry.establishment.uid),
                entry.establishment.name,
                found.get(entry.establishment_id, grid.GridRow()),
            )
            for entry in entries
        ),
    ]
    reach = grid.reach(month=month, region=place)
    return answer(answers.grid(place=place, month=month, columns=columns, rows=rows, reach=reach))


@router.get(
    "/france/grille",
    response={200: schemas.Grid, **ERRORS},
    summary="La grille d’un mois du pays : total, régions, familles et tailles d’établissements",
    url_name="nation_grid",
)
def nation_grid(request: HttpRequest, filters: Query[schemas.GridFilters]) -> HttpResponse:
    _check_names(request, filters)
    require(can_read_nation(reader_of(request)))
    form = _valid(GridForm(request.GET))
    month = _month(form)
    columns = _columns(form, month)
    regions = grid.region_rows(month=month)
    families = grid.family_rows(month=month)
    rows = [columns.row("total", None, "France entière", grid.nation_row(month=month))]
    rows += [
        columns.row("region", one.code, one.name, regions[one.pk])
        for one in Region.objects.order_by("name")
        if one.pk in regions
    ]
    if None in regions:
        rows.append(columns.row("region", None, "Hors région", regions[None]))
    names: dict[str, Any] = dict(form.fields["famille"].choices)
    rows += [
        columns.row("establishment_family", code, str(names.get(code, code)), families[code])
        for code in names
        if code in families
    ]
    by_size = grid.size_rows(month=month)
    rows += [
        columns.row("establishment_size", size.value, str(size.label), by_size[size])
        for size in SizeClass
        if size in by_size
    ]
    reach = grid.reach(month=month)
    return answer(answers.grid(place=None, month=month, columns=columns, rows=rows, reach=reach))


@router.get(
    "/etablissements/{uid}/tendance",
    response={200: schemas.Trend, **ERRORS},
    summary="Une cellule d’un établissement, mois après mois",
    url_name="establishment_trend",
)
def establishment_trend(
    request: HttpRequest, uid: uuid.UUID, filters: Query[schemas.TrendFilters]
) -> HttpResponse:
    _check_names(request, filters)
    place = get_object_or_404(Establishment, uid=uid)
    reader = reader_of(request)
    require(can_read_grid_of_establishment(reader, place))
    # Its own managers read the names behind these figures: as on the page, nothing is hidden.
    unmasked = can_read_establishment(reader, place)
    return _trend(request, place, PlaceKind.ESTABLISHMENT, place.pk, unmasked=unmasked)


@router.get(
    "/regions/{code}/tendance",
    response={200: schemas.Trend, **ERRORS},
    summary="Une cellule d’une région, mois après mois",
    url_name="region_trend",
)
def region_trend(
    request: HttpRequest, code: str, filters: Query[schemas.TrendFilters]
) -> HttpResponse:
    _check_names(request, filters)
    place = _region(request, code)
    return _trend(request, place, PlaceKind.REGION, place.pk)


@router.get(
    "/france/tendance",
    response={200: schemas.Trend, **ERRORS},
    summary="Une cellule du pays, mois après mois",
    url_name="nation_trend",
)
def nation_trend(request: HttpRequest, filters: Query[schemas.TrendFilters]) -> HttpResponse:
    _check_names(request, filters)
    require(can_read_nation(reader_of(request)))
    return _trend(request, None, PlaceKind.NATION, None)


@router.get(
    "/france/series",
    response={200: schemas.Series, **ERRORS},
    summary="Toutes les cellules du pays, filières par modules, mois après mois",
    url_name="nation_series",
)
def nation_series(request: HttpRequest) -> HttpResponse:
    _check_names(request, schemas.NoFilters())
    require(can_read_nation(reader_of(request)))
    return answer(answers.series(grid.series_of_nation()))


@router.get(
    "/regions/{code}/silencieux",
    response={200: schemas.SilentList, **ERRORS},
    summary="Les établissements d’une région dont rien n’était connu à la fin d’un mois",
    url_name="region_silent",
)
def region_silent(
    request: HttpRequest, code: str, filters: Query[schemas.SilentFilters]
) -> HttpResponse:
    _check_names(request, filters)
    place = _region(request, code)
    return _silent(place, place, _valid(SilentForm(request.GET, with_region=False)))


@router.get(
    "/france/silencieux",
    response={200: schemas.SilentList, **ERRORS},
    summary="Les établissements dont rien n’était connu à la fin d’un mois",
    url_name="nation_silent",
)
def nation_silent(
    request: HttpRequest, filters: Query[schemas.NationSilentFilters]
) -> HttpResponse:
    _check_names(request, filters)
    require(can_read_nation(reader_of(request)))
    form = _valid(SilentForm(request.GET, with_region=True))
    return _silent(None, form.cleaned_data["region"], form)


@router.get(
    "/etablissements/{uid}/objectifs",
    response={200: schemas.Objectives, **ERRORS},
    summary="Les objectifs d’un établissement et leur progression aujourd’hui",
    url_name="establishment_objectives",
)
def establishment_objectives(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _objectives(request, get_object_or_404(Establishment, uid=uid))


@router.get(
    "/services/{uid}/objectifs",
    response={200: schemas.Objectives, **ERRORS},
    summary="Les objectifs d’un service et leur progression aujourd’hui",
    url_name="department_objectives",
)
def department_objectives(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    departments = Department.objects.select_related("establishment")
    return _objectives(request, get_object_or_404(departments, uid=uid))


@router.get(
    "/regions/{code}/objectifs",
    response={200: schemas.Objectives, **ERRORS},
    summary="Les objectifs d’une région et leur progression au dernier mois arrêté",
    url_name="region_objectives",
)
def region_objectives(request: HttpRequest, code: str) -> HttpResponse:
    return _objectives(request, get_object_or_404(Region, code=code))


@router.get(
    "/france/objectifs",
    response={200: schemas.Objectives, **ERRORS},
    summary="Les objectifs du pays et leur progression au dernier mois arrêté",
    url_name="nation_objectives",
)
def nation_objectives(request: HttpRequest) -> HttpResponse:
    return _objectives(request, None)


def answer(value: Any, status: int = 200) -> HttpResponse:
    """As JSON that no cache keeps."""
    response = HttpResponse(
        msgspec.json.encode(value), content_type="application/json", status=status
    )
    response["Cache-Control"] = "private, no-store"
    return response


def reader_of(request: HttpRequest) -> User:
    """Whose right it is: of the session, or of the key."""
    reader = request.auth  # type: ignore[attr-defined]
    assert isinstance(reader, User)
    return reader


def _check_names(request: HttpRequest, filters: Schema) -> None:
    unknown = sorted(set(request.GET) - set(type(filters).model_fields))
    if unknown:
        raise Unknown(unknown)


def _valid(form: Any) -> Any:
    if not form.is_valid():
        raise Invalid(form)
    return form


def _region(request: HttpRequest, code: str) -> Region:
    place = get_object_or_404(Region, code=code)
    require(can_read_region(reader_of(request), place))
    return place


def _month(form: Any) -> CoverageMonth:
    """The latest unless another is asked for. Raises Http404 before there is one."""
    month: CoverageMonth | None = form.cleaned_data["mois"] or CoverageMonth.objects.first()
    if month is None:
        raise Http404
    return month


def _columns(form: Any, month: CoverageMonth) -> answers.Columns:
    if form.cleaned_data["vue"] == GridForm.BY_FAMILY:
        return answers.Columns(families=grid.role_families_of_month(month=month))
    return answers.Columns(grid.trainables_of_month(month=month))


def _trend(
    request: HttpRequest,
    place: Establishment | Region | None,
    kind: PlaceKind,
    pk: int | None,
    *,
    unmasked: bool = False,
) -> HttpResponse:
    form = _valid(CellForm(request.GET))
    family, module = form.cleaned_data["filiere"], form.cleaned_data["module"]
    column = (family.pk if family else None, module.pk if module else ALL)
    found = grid.cells_by_month(kind=kind, place=pk, columns=[column], unmasked=unmasked)
    return answer(
        answers.trend(place=place, family=family, module=module, months=found.get(column, []))
    )


def _silent(place: Region | None, region: Region | None, form: Any) -> HttpResponse:
    month, family = _month(form), form.cleaned_data["famille"]
    entries = list(grid.silent_establishments(month=month, region=region, family=family))
    heard = grid.heard_since(entries=entries, day=timezone.localdate())
    return answer(
        {
            "place": answers.place_ref(place),
            "month": answers.month_ref(month),
            "reach": answers.reach_of(grid.reach(month=month, region=region, family=family)),
            "establishments": [
                answers.silent(entry, heard=entry.establishment_id in heard) for entry in entries
            ],
        }
    )


def _objectives(
    request: HttpRequest, where: Department | Establishment | Region | None
) -> HttpResponse:
    _check_names(request, schemas.NoFilters())
    place = ObjectivePlace(where)
    require(can_read_scope(reader_of(request), place.scope))
    followed = followed_now(place=place, objectives=objectives_standing(scope=place.scope))
    live = isinstance(where, Department | Establishment)
    return answer(
        {
            "place": answers.place_ref(where),
            "day": followed[0].day.isoformat() if followed else None,
            "objectives": [answers.objective(one, live=live) for one in followed],
        }
    )

"""Addresses below /couverture/, and /portee/."""

from django.urls import URLPattern, URLResolver, include, path

from reporting.attendance import views as attendance
from reporting.evidence import views as evidence
from reporting.observatory import views as observatory
from reporting.reach import views as reach
from reporting.views import (
    attestations,
    department,
    establishment,
    grid,
    home,
    people,
    silent,
    trend,
)

app_name = "reporting"

HOUSE = "etablissement/<uuid:uid>/"
DEPARTMENT = "service/<uuid:uid>/"
REGION = "region/<slug:code>/"

coverage_urlpatterns = [
    path("", home.home, name="home"),
    path(HOUSE, establishment.by_role, name="establishment"),
    path(f"{HOUSE}couverture.<str:kind>", establishment.by_role_file, name="establishment_file"),
    path(f"{HOUSE}services/", establishment.by_department, name="departments"),
    path(
        f"{HOUSE}services/couverture.<str:kind>",
        establishment.by_department_file,
        name="departments_file",
    ),
    path(f"{HOUSE}manquants/", people.of_establishment, name="missing"),
    path(f"{HOUSE}manquants/liste.<str:kind>", people.of_establishment_file, name="missing_file"),
    path(f"{HOUSE}agents.csv", people.everybody_of_establishment, name="missing_people"),
    path(
        f"{DEPARTMENT}agents.csv", people.everybody_of_department, name="department_missing_people"
    ),
    path(f"{HOUSE}mensuel/", grid.establishment, name="establishment_grid"),
    path(DEPARTMENT, department.by_role, name="department"),
    path(f"{DEPARTMENT}couverture.<str:kind>", department.by_role_file, name="department_file"),
    path(f"{DEPARTMENT}manquants/", people.of_department, name="department_missing"),
    path(
        f"{DEPARTMENT}manquants/liste.<str:kind>",
        people.of_department_file,
        name="department_missing_file",
    ),
    path(f"{HOUSE}attestations/", attestations.of_establishment, name="establishment_attestations"),
    path(f"{DEPARTMENT}attestations/", attestations.of_department, name="department_attestations"),
    path("attestations/<uuid:uid>/", attestations.progress, name="attestations_progress"),
    path(
        "attestations/<uuid:uid>/attestations.zip",
        attestations.archive_file,
        name="attestations_file",
    ),
    path(f"{HOUSE}rencontres/", attendance.of_establishment, name="establishment_attendance"),
    path(
        f"{HOUSE}rencontres/participants.<str:kind>",
        attendance.of_establishment_file,
        name="establishment_attendance_file",
    ),
    path(f"{DEPARTMENT}rencontres/", attendance.of_department, name="department_attendance"),
    path(
        f"{DEPARTMENT}rencontres/participants.<str:kind>",
        attendance.of_department_file,
        name="department_attendance_file",
    ),
    path(f"{REGION}rencontres/", attendance.of_region, name="region_attendance"),
    path(
        f"{REGION}rencontres/presences.<str:kind>",
        attendance.of_region_file,
        name="region_attendance_file",
    ),
    path("france/rencontres/", attendance.of_nation, name="nation_attendance"),
    path(
        "france/rencontres/presences.<str:kind>",
        attendance.of_nation_file,
        name="nation_attendance_file",
    ),
    path(REGION, grid.region, name="region"),
    path(f"{REGION}grille.<str:kind>", grid.region_file, name="region_file"),
    path(f"{REGION}silencieux/", silent.region_silent, name="region_silent"),
    path("france/", grid.nation, name="nation"),
    path("france/grille.<str:kind>", grid.nation_file, name="nation_file"),
    path("france/silencieux/", silent.nation_silent, name="nation_silent"),
    path(
        f"{REGION}silencieux/liste.<str:kind>", silent.region_silent_file, name="region_silent_file"
    ),
    path(
        "france/silencieux/liste.<str:kind>", silent.nation_silent_file, name="nation_silent_file"
    ),
    path(f"{HOUSE}tendance/", trend.establishment, name="establishment_trend"),
    path(f"{REGION}tendance/", trend.region, name="region_trend"),
    path("france/tendance/", trend.nation, name="nation_trend"),
    path("observatoire/", observatory.observatory, name="observatory"),
    path(
        "observatoire/comparaison.<str:kind>",
        observatory.observatory_file,
        name="observatory_file",
    ),
    path(f"{HOUSE}observatoire/", observatory.establishment, name="establishment_observatory"),
]

# The packages of the room, and the formatted workbooks.
package_urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HOUSE}matrice.xlsx", establishment.matrix_file, name="establishment_matrix"),
    path(f"{DEPARTMENT}matrice.xlsx", department.matrix_file, name="department_matrix"),
    path("", include("reporting.board.urls")),
    path("", include("reporting.evidence.urls")),
    path("", include("reporting.monthly.urls")),
    path("", include("reporting.revisions.urls")),
    path("", include("reporting.reminding.urls")),
    path("", include("reporting.objectives.urls")),
    path("", include("reporting.api.urls")),
]

urlpatterns = [
    path("verifier/dossier/<uuid:uid>/", evidence.verify, name="evidence_verify"),
    path("couverture/", include(package_urlpatterns)),
    path("couverture/", include(coverage_urlpatterns)),
    path("portee/", reach.reach, name="reach"),
    path("portee/portee.<str:kind>", reach.reach_file, name="reach_file"),
]

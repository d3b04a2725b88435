"""The board's page, below the address of its place."""

from django.urls import path

from reporting.board import views

HOUSE = "etablissement/<uuid:uid>/"

urlpatterns = [
    path(f"{HOUSE}bilan/", views.establishment, name="establishment_board"),
    path(
        f"{HOUSE}bilan.pdf",
        views.establishment_pdf,
        name="establishment_board_pdf",
    ),
    path("service/<uuid:uid>/bilan/", views.department, name="department_board"),
    path("service/<uuid:uid>/bilan.pdf", views.department_pdf, name="department_board_pdf"),
    path("region/<slug:code>/bilan/", views.region, name="region_board"),
    path("region/<slug:code>/bilan.pdf", views.region_pdf, name="region_board_pdf"),
    path("france/bilan/", views.nation, name="nation_board"),
    path("france/bilan.pdf", views.nation_pdf, name="nation_board_pdf"),
]

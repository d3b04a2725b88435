"""Subscribing, below the board's page."""

from django.urls import path

from reporting.monthly import views

HOUSE, WARD = "etablissement/<uuid:uid>/", "service/<uuid:uid>/"

urlpatterns = [
    path(f"{HOUSE}bilan/abonnement/", views.establishment, name="establishment_monthly"),
    path(f"{WARD}bilan/abonnement/", views.department, name="department_monthly"),
    path("region/<slug:code>/bilan/abonnement/", views.region, name="region_monthly"),
    path("france/bilan/abonnement/", views.nation, name="nation_monthly"),
]

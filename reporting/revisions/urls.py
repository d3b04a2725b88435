"""Addresses below /couverture/."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "etablissement/<uuid:uid>/connu-au/", views.of_establishment, name="establishment_revision"
    ),
    path("region/<slug:code>/connu-au/", views.of_region, name="region_revision"),
    path("france/connu-au/", views.of_nation, name="nation_revision"),
]

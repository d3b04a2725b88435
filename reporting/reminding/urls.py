"""Addresses below those of a list of people missing; they belong to the names of `reporting`."""

from django.urls import path

from reporting.reminding import views

urlpatterns = [
    path("etablissement/<uuid:uid>/manquants/relancer/", views.of_establishment, name="remind"),
    path("service/<uuid:uid>/manquants/relancer/", views.of_department, name="department_remind"),
]

"""Addresses of objectives; they belong to the names of `reporting`."""

from django.urls import path

from reporting.objectives import views

PLACE = "objectifs/<slug:kind>/<str:ref>/"

urlpatterns = [
    path(PLACE, views.objectives, name="objectives"),
    path(f"{PLACE}fixer/", views.objective_new, name="objective_new"),
    path(f"{PLACE}<uuid:uid>/modifier/", views.objective_edit, name="objective_edit"),
    path(f"{PLACE}<uuid:uid>/terminer/", views.objective_stop, name="objective_stop"),
]

"""Addresses of the organisers' space."""

from __future__ import annotations

from django.urls import URLPattern, path

from meetings.organising.views import acts, lists, writing

ONE = "<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path("", lists.home, name="organised"),
    path(ONE, lists.meeting, name="organised_meeting"),
    path(f"{ONE}emargement.pdf", lists.sheet, name="organised_sheet"),
    path(f"{ONE}inscrits.<slug:kind>", lists.file, name="organised_file"),
    path(f"{ONE}ajouter/", acts.add, name="organised_add"),
    path(
        f"{ONE}inscriptions/<uuid:registration_uid>/annuler/",
        acts.unregister,
        name="organised_unregister",
    ),
    path(f"{ONE}message/", writing.message, name="organised_message"),
    path(f"{ONE}serie/", acts.series, name="organised_series"),
    path(f"{ONE}annuler/", acts.cancel, name="organised_cancel"),
]

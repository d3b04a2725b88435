"""Addresses at the door, and of those who hold it."""

from __future__ import annotations

from django.urls import URLPattern, path

from meetings.attendance.views import door, papers, roll

ONE = "rencontre/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path("", door.form, name="door_form"),
    path("lien/<str:token>/", door.link, name="door_link"),
    path("attestation/<uuid:uid>.pdf", papers.attestation, name="attendance_attestation"),
    path(ONE, roll.roll, name="attendance_roll"),
    path(f"{ONE}personne/", roll.walk_in, name="attendance_walk_in"),
    path(f"{ONE}noter/", roll.mark, name="attendance_mark"),
    path(f"{ONE}code/", papers.screen, name="attendance_screen"),
    path(f"{ONE}affiche.pdf", papers.poster, name="attendance_poster"),
    path("<slug:code>/", door.door, name="door"),
]

"""Registering for a meeting, and one's own registrations."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("mes-rencontres/", views.my_meetings, name="my_meetings"),
    path("<uuid:uid>/inscription/", views.register, name="register"),
    path("<uuid:uid>/inscription/envoyee/", views.asked, name="register_asked"),
    path("inscription/<str:token>/", views.registration, name="registration"),
    path("inscription/<str:token>/rencontre.ics", views.calendar_file, name="registration_ics"),
    path("inscription/<str:token>/confirmer/", views.confirm, name="registration_confirm"),
    path("inscription/<str:token>/modifier/", views.change, name="registration_change"),
    path("inscription/<str:token>/annuler/", views.cancel, name="registration_cancel"),
    path("inscription/<str:token>/reprendre/", views.again, name="registration_again"),
]

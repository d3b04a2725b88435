"""Addresses of calendar files, feeds, and the page that tells how to subscribe."""

from __future__ import annotations

from django.urls import path

from meetings.calendars import views

urlpatterns = [
    path("rencontres.ics", views.all_ics, name="all_ics"),
    path("region-<slug:code>.ics", views.region_ics, name="region_ics"),
    path("rencontre/<uuid:uid>.ics", views.meeting_ics, name="meeting_ics"),
    path("prive/<str:token>.ics", views.own_ics, name="own_ics"),
    path("abonnements/", views.subscriptions, name="subscriptions"),
    path("abonnements/adresse/", views.feed_create, name="feed_create"),
    path("abonnements/adresse/remplacer/", views.feed_revoke, name="feed_revoke"),
]

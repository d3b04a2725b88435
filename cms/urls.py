"""Addresses of the site's face that are no Wagtail pages."""

from django.urls import path

from cms.views.search import search

app_name = "cms"

urlpatterns = [
    path("recherche/", search, name="search"),
]

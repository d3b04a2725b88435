"""Addresses of the pages about the API; they belong to the names of `reporting`."""

from django.urls import path

from reporting.api import views

urlpatterns = [
    path("programmes/", views.documentation, name="api_documentation"),
    path("programmes/cles/", views.keys, name="api_keys"),
    path("programmes/cles/<uuid:uid>/revoquer/", views.revoke, name="api_key_revoke"),
]

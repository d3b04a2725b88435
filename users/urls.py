"""Signing in, before allauth takes over."""

from django.urls import path

from users.views import sign_in_address

app_name = "users"

urlpatterns = [path("adresse/", sign_in_address, name="sign_in_address")]

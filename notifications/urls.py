"""Addresses below /courriels/."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("abonnement/<str:token>/", views.subscription, name="subscription"),
]

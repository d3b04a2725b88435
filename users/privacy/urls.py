"""What is kept, for everybody to read; one's own, for oneself."""

from django.urls import path

from users.privacy import views

app_name = "privacy"

urlpatterns = [
    path("", views.kept, name="kept"),
    path("lire/", views.read, name="read"),
    path("fichier.html", views.file_html, name="file_html"),
    path("fichier.json", views.file_json, name="file_json"),
    path("effacer/", views.erase, name="erase"),
    path("effacer/retirer/", views.withdraw, name="withdraw"),
]

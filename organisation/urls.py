"""Signing in without an account, and handing out the codes for it."""

from django.urls import path

from organisation.views import codes, sign_in, workplace

app_name = "organisation"

urlpatterns = [
    path("connexion/code/", sign_in.code_sign_in, name="code_sign_in"),
    path("connexion/pas-moi/", sign_in.not_me, name="not_me"),
    path("connexion/duree/", sign_in.session_state, name="session_state"),
    path("connexion/etablissement/", workplace.workplace, name="workplace"),
    path("codes/", codes.places, name="codes"),
    path("codes/<slug:kind>/<uuid:uid>/", codes.place, name="codes_place"),
    path("codes/<slug:kind>/<uuid:uid>/annuler/<uuid:code_uid>/", codes.revoke, name="code_revoke"),
]

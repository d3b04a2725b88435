"""Addresses of a team's training; they belong to the names of `courses`."""

from django.urls import path

from courses.views.team import home, importing, joining, obligations, sessions

PLACE = "formation/<slug:kind>/<uuid:uid>/"
HOUSE = "formation/etablissement/<uuid:uid>/"
SESSION = "formation/seances/<uuid:uid>/"

urlpatterns = [
    path("formation/", home.home, name="team"),
    path(f"{SESSION}", sessions.session, name="team_session"),
    path(f"{SESSION}presents/", sessions.names, name="team_names"),
    path(f"{SESSION}terminer/", sessions.close, name="team_close"),
    path(f"{SESSION}retirer/<uuid:person_uid>/", sessions.withdraw, name="team_withdraw"),
    path(f"{PLACE}obligations/", obligations.obligations, name="team_obligations"),
    path(f"{PLACE}obligations/ajouter/", obligations.obligation_new, name="team_obligation_new"),
    path(
        f"{PLACE}obligations/<int:pk>/terminer/",
        obligations.obligation_end,
        name="team_obligation_end",
    ),
    path(f"{PLACE}seance/", sessions.session_new, name="team_session_new"),
    path(f"{HOUSE}passees/", importing.upload, name="team_import"),
    path(f"{HOUSE}passees/confirmer/", importing.confirm, name="team_import_confirm"),
    path(f"{HOUSE}passees/modele.csv", importing.sample, name="team_import_sample"),
    path("equipe/", joining.join_form, name="team_join_form"),
    path("equipe/<slug:code>/", joining.join, name="team_join"),
]

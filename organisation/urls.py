"""Signing in without an account and its codes; asking for rights, and giving them."""

from django.urls import path

from organisation.views import codes, headcounts, headcounts_import, sign_in, workplace
from organisation.views.access import asking, deciding, giving, journal

app_name = "organisation"
# «etablissement» and a uid, or «region» and its code.
PLACE = "habilitations/<slug:kind>/<slug:ref>"

urlpatterns = [
    path("connexion/code/", sign_in.code_sign_in, name="code_sign_in"),
    path("connexion/pas-moi/", sign_in.not_me, name="not_me"),
    path("connexion/duree/", sign_in.session_state, name="session_state"),
    path("connexion/etablissement/", workplace.workplace, name="workplace"),
    path("codes/", codes.places, name="codes"),
    path("codes/<slug:kind>/<uuid:uid>/", codes.place, name="codes_place"),
    path("codes/<slug:kind>/<uuid:uid>/annuler/<uuid:code_uid>/", codes.revoke, name="code_revoke"),
    path("effectifs/", headcounts.places, name="headcounts"),
    path("effectifs/modele.<slug:kind>", headcounts.sample, name="headcounts_sample"),
    path("effectifs/importer/", headcounts_import.upload, name="headcounts_upload"),
    path("effectifs/etablissement/<uuid:uid>/", headcounts.place, name="headcounts_place"),
    path("effectifs/imports/<uuid:uid>/", headcounts_import.show, name="headcounts_import"),
    path(
        "effectifs/imports/<uuid:uid>/colonnes/",
        headcounts_import.columns,
        name="headcounts_columns",
    ),
    path("effectifs/imports/<uuid:uid>/mots/", headcounts_import.words, name="headcounts_words"),
    path(
        "effectifs/imports/<uuid:uid>/confirmer/",
        headcounts_import.confirm,
        name="headcounts_confirm",
    ),
    path("effectifs/imports/<uuid:uid>/annuler/", headcounts_import.undo, name="headcounts_undo"),
    path(
        "effectifs/imports/<uuid:uid>/abandonner/",
        headcounts_import.discard,
        name="headcounts_discard",
    ),
    path(
        "effectifs/imports/<uuid:uid>/lignes.<slug:kind>",
        headcounts_import.lines,
        name="headcounts_lines",
    ),
    path("droits/", asking.my_access, name="my_access"),
    path("droits/demander/", asking.ask_where, name="access_ask_where"),
    path("droits/demander/<uuid:uid>/", asking.ask, name="access_ask"),
    path("droits/demandes/<uuid:uid>/", asking.own_request, name="access_request"),
    path("droits/demandes/<uuid:uid>/retirer/", asking.withdraw, name="access_withdraw"),
    path("habilitations/", giving.places, name="grants"),
    path("habilitations/demandes/", deciding.queue, name="access_queue"),
    path("habilitations/demandes/<uuid:uid>/", deciding.decide, name="access_decide"),
    path("habilitations/demandes/<uuid:uid>/justificatif/", deciding.proof, name="access_proof"),
    path("habilitations/etablissement/<uuid:uid>/journal/", journal.journal, name="journal"),
    path(
        "habilitations/etablissement/<uuid:uid>/journal.<slug:kind>",
        journal.journal_file,
        name="journal_file",
    ),
    path(f"{PLACE}/", giving.place, name="grants_place"),
    path(f"{PLACE}/ajouter/", giving.add, name="grant_add"),
    path(f"{PLACE}/<int:pk>/", giving.account, name="grant_account"),
    path(f"{PLACE}/<int:pk>/prolonger/", giving.extend, name="grant_extend"),
    path(f"{PLACE}/<int:pk>/fin/", giving.end, name="grant_end"),
]

"""Attestations: the learner's own files, and the check that anybody may make."""

from django.urls import path

from training.views import attestations

app_name = "training"

urlpatterns = [
    path("attestations/verifier/", attestations.attestation_verify, name="attestation_verify"),
    path(
        "attestations/<uuid:statement_id>.pdf",
        attestations.attestation_file,
        name="attestation_file",
    ),
]

"""Evidence, below the address of its place; a file has an address of its own."""

from django.urls import path

from reporting.evidence import views

urlpatterns = [
    path("etablissement/<uuid:uid>/preuve/", views.establishment, name="establishment_evidence"),
    path("region/<slug:code>/preuve/", views.region, name="region_evidence"),
    path("france/preuve/", views.nation, name="nation_evidence"),
    path("preuve/<uuid:uid>.pdf", views.pdf, name="evidence_pdf"),
    path("preuve/<uuid:uid>/revoquer/", views.revoke, name="evidence_revoke"),
]

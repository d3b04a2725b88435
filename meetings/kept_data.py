"""What is kept of those who hold a regional meeting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from users.privacy.registry import REST, KeptData, Table, impersonal_declare, kept_data_declare

kept_data_declare(
    KeptData(
        key="meetings",
        order=73,
        title=_("Le contact d’une rencontre"),
        what=_("Nom et adresse professionnels de qui répond aux questions sur une rencontre."),
        why=_("Que l’on puisse lui écrire."),
        who=_("Tous les visiteurs du site."),
        how_long=_("Tant que la rencontre est publiée."),
        stays=_("Le contact, jusqu’à ce que l’organisateur le change."),
        tables=(Table("meetings.MeetingPage", untold=f"contact_name contact_email {REST}"),),
    )
)

impersonal_declare("meetings.MeetingsIndexPage")

"""The face of the site keeps the address to write to, which is the site's own."""

from django.utils.translation import gettext_lazy as _

from users.privacy.registry import REST, KeptData, Table, impersonal_declare, kept_data_declare

kept_data_declare(
    KeptData(
        key="site",
        order=74,
        title=_("L’adresse de contact du site"),
        what=_("L’adresse à laquelle on écrit au site, si c’est celle d’une personne."),
        why=_("Que les visiteurs puissent écrire."),
        who=_("Tous les visiteurs du site."),
        how_long=_("Jusqu’à ce que le site en indique une autre."),
        stays=_("L’adresse, jusqu’à ce que le site la change."),
        tables=(Table("cms.SiteSettings", untold=f"contact_email {REST}"),),
    )
)

impersonal_declare(
    "cms.HomePage", "cms.StandardPage", "cms.IncidentPage", "cms.EditorialApprovalTask"
)

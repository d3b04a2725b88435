"""What is kept of those who adapt the campaign's assets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from campaign_assets.models import Adaptation, BrandState
from users.privacy.registry import (
    REST,
    KeptData,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
)

kept_data_declare(
    KeptData(
        key="workshop",
        order=72,
        title=_("Les supports que vous avez adaptés"),
        what=_(
            "Qui a adapté une affiche ou enregistré la carte de marque d’un établissement, quand, "
            "et le contact professionnel imprimé dessus."
        ),
        why=_("Retrouver un support, revenir à une carte précédente, savoir qui l’a changée."),
        who=_("Les équipes de communication de l’établissement."),
        how_long=_("Tant que l’établissement garde le support."),
        stays=_("Le support : il appartient à l’établissement."),
        tables=(
            Table(
                "campaign_assets.Adaptation",
                of_account(Adaptation, "created_by"),
                told="created_at establishment placement",
                untold=f"created_by {REST}",
            ),
            Table(
                "campaign_assets.BrandState",
                of_account(BrandState, "saved_by"),
                told="saved_at establishment name",
                untold=f"saved_by security_contact_name security_contact_email hotline {REST}",
            ),
            Table("campaign_assets.AssetPage", untold=f"reviewer {REST}"),
        ),
    ),
    KeptData(
        key="reach",
        order=97,
        title=_("La portée de la campagne"),
        what=_(
            "Les fichiers téléchargés, les vidéos lancées et les codes d’affiches suivis, par "
            "ressource et par établissement. Ni votre compte, ni votre adresse, ni votre "
            "navigateur ne sont gardés avec ; une empreinte de l’adresse et du navigateur, gardée "
            "dix secondes, évite de compter deux fois le même téléchargement."
        ),
        why=_("Savoir quelles ressources servent."),
        who=_("Les établissements pour eux-mêmes, la région et le niveau national."),
        how_long=_("Sans limite : ce sont des nombres."),
        tables=(Table("campaign_assets.ReachEvent", untold=REST),),
    ),
)

impersonal_declare(
    "campaign_assets.KitPage",
    "campaign_assets.KitItem",
    "campaign_assets.KitArchive",
    "campaign_assets.Campaign",
    "campaign_assets.ResourcesIndexPage",
    "campaign_assets.PosterPage",
    "campaign_assets.CardPage",
    "campaign_assets.VisualPage",
    "campaign_assets.ShortLink",
    "campaign_assets.TextAssetPage",
    "campaign_assets.VideoPage",
)

"""What a brand card leaves open on a poster."""

from __future__ import annotations

from django.utils.translation import gettext as _

from campaign_assets.designs import Brand


def brand_gaps(brand: Brand, *, has_card: bool) -> list[str]:
    """What will be missing, as words that follow «Les affiches sont»: «sans logo»."""
    gaps = [] if brand.logo else [_("sans logo")]
    if not brand.hotline:
        gaps.append(_("sans numéro à appeler"))
    if not has_card:
        gaps.append(_("au nom que donne le registre des établissements"))
    return gaps

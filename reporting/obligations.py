"""Requirements in words: whom they concern, since when, for how long."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reporting import figures
from training.models import Requirement


def obligation_text(requirement: Requirement) -> str:
    """«France entière, filières Soignante, Médicale : depuis le 01/01/2026, sous 90 jours, à
    refaire tous les 12 mois»."""
    parts = [
        _("depuis le %(day)s") % {"day": figures.short_day(requirement.starts_on)},
        _("sous %(days)s jours") % {"days": requirement.due_days},
    ]
    if requirement.validity_months:
        parts.append(_("à refaire tous les %(n)s mois") % {"n": requirement.validity_months})
    place = requirement.region.name if requirement.region else _("France entière")
    told = {"place": place, "whom": _whom(requirement), "how": ", ".join(parts)}
    return _("%(place)s, %(whom)s : %(how)s") % told


def _whom(requirement: Requirement) -> str:
    families = ", ".join(one.name for one in requirement.role_families.all())
    roles = ", ".join(one.name for one in requirement.roles.all())
    parts = []
    if families:
        parts.append(_("filières %(names)s") % {"names": families})
    if roles:
        parts.append(_("métiers %(names)s") % {"names": roles})
    return ", ".join(parts) or _("tous les métiers")

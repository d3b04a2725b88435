"""How long, in words."""

from __future__ import annotations

from django.utils.translation import ngettext


def duration(days: int) -> str:
    """«30 jours», «3 ans»; a leap day makes no difference to years."""
    years, rest = divmod(days, 365)
    if years and rest <= years // 3:
        return ngettext("%(n)s an", "%(n)s ans", years) % {"n": years}
    return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}

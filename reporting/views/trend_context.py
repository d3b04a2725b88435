"""The trend as every page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reporting.charts import MONTHS, Point, trend_rows, trend_svg
from reporting.kinds import titled
from reporting.selectors.grid import Focus, TrendPoint


def trend_context(points: Sequence[TrendPoint], focus: Focus) -> dict[str, object]:
    """The chart and its figures; nothing where no month is frozen."""
    if not points:
        return {}
    shown = [Point.of(point) for point in points[-MONTHS:]]
    words = _words(focus)
    title = _("Part des personnes à jour, mois par mois : %(what)s") % {"what": words}
    return {
        "trend": trend_svg(points=shown, title=title),
        "trend_rows": trend_rows(shown),
        "trend_words": words,
    }


def _words(focus: Focus) -> str:
    """«filière soignante, tous les modules»."""
    family, module = focus.role_family, focus.trainable
    return ", ".join(
        (
            _("filière « %(name)s »") % {"name": family.name} if family else _("tous les métiers"),
            _("module « %(name)s »") % {"name": titled(module)}
            if module
            else _("toutes les formations demandées"),
        )
    )

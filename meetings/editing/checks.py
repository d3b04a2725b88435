"""What a meeting still lacks before it is published (see `content.checks`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.checks import Gap
from meetings.enums import MeetingFormat
from meetings.models import MeetingPage


def meeting_gaps(page: MeetingPage) -> list[Gap]:
    """Of a draft. Two queries."""
    now = timezone.now()
    return [
        *(Gap(page, message, is_blocking=True) for message in _past(page, now)),
        *(Gap(page, message, is_blocking=False) for message in _missing(page)),
        *_clashes(page),
    ]


def _past(page: MeetingPage, now: dt.datetime) -> Iterator[str]:
    """A first publication announces; what was announced may be completed for ever."""
    if page.starts_at <= now and page.first_published_at is None:
        yield _(
            "La rencontre a déjà commencé, ou sa date est passée : corrigez le début et la fin "
            "avant de l’annoncer."
        )
    if page.expire_at is not None and page.expire_at < page.ends_at:
        yield _(
            "La page serait retirée du site avant la fin de la rencontre : "
            "reportez la date de fin de publication, ou effacez-la."
        )


def _missing(page: MeetingPage) -> Iterator[str]:
    if not page.accessibility.strip():
        yield _(
            "L’accessibilité n’est pas décrite : dites ce qui est prévu (accès en fauteuil, boucle "
            "magnétique, sous-titrage) et à qui demander le reste."
        )
    if page.format != MeetingFormat.ON_SITE and not page.remote_link:
        yield _(
            "Le lien de connexion manque : les inscrits à distance ne sauront pas où aller. "
            "Ajoutez-le, ou publiez de nouveau dès que vous l’avez."
        )
    closes = page.registration_closes_at
    if page.takes_registrations and closes is not None and closes > page.starts_at:
        yield _(
            "Les inscriptions finissent après le début : avancez leur fin, ou laissez-la vide "
            "pour qu’elles finissent au début."
        )


def _clashes(page: MeetingPage) -> Iterator[Gap]:
    for other in clashing(page):
        is_at_once = other.starts_at < page.ends_at and page.starts_at < other.ends_at
        words = (
            _(
                "Le même jour dans cette région, aux mêmes heures : « %(title)s » (%(state)s). "
                "Changez l’heure ou le jour, ou accordez-vous avec qui l’organise."
            )
            if is_at_once
            else _(
                "Le même jour dans cette région : « %(title)s » (%(state)s), %(day)s. "
                "Vérifiez que le même public n’est pas attendu deux fois."
            )
        )
        told = {
            "title": other.title,
            "state": _("publiée") if other.live else _("brouillon"),
            "day": date_format(other.local_start.date(), "j F Y"),
        }
        address = reverse("wagtailadmin_pages:edit", args=[other.pk])
        yield Gap(page, words % told, is_blocking=False, address=address)


def clashing(page: MeetingPage) -> list[MeetingPage]:
    """Other meetings of the region on one of its days, published or drafts, the earliest first.
    Not those that are called off. One query."""
    zone = page.place_zone
    first, last = zone.local(page.starts_at).date(), zone.local(page.ends_at).date()
    begins = dt.datetime.combine(first, dt.time(), tzinfo=zone.zone)
    ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=zone.zone)
    others = MeetingPage.objects.filter(
        Q(record=None) | Q(record__cancelled_at=None),
        region=page.region_id,
        starts_at__lt=ends,
        ends_at__gt=begins,
    ).exclude(pk=page.pk)
    return list(others.select_related("region").order_by("starts_at", "pk"))

"""What an entry of the audit log says, in French, for administrators and for a house's own
managers. Whatever it takes to name is read for a whole page at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.exports import ExportTable, Value
from organisation.enums import CodeKind, GrantRight, ScopeKind
from organisation.models import Department, Establishment, Region
from organisation.roles_of_access import RoleKey
from users.audit import actions_of, sentence_of
from users.models import AuditEntry, User

MOST = 100_000
"""Rows in a file; a spreadsheet takes about ten times as many, slowly."""

SHOWN_LONG = 200  # letters of one fact
SHOWN_MANY = 8  # parts of one fact

# What the writers of entries call things; whatever is not here stands under its own name.
LABELS = {
    "user": gettext_lazy("Compte"),
    "right": gettext_lazy("Droit"),
    "role": gettext_lazy("Rôle"),
    "scope": gettext_lazy("Portée"),
    "place": gettext_lazy("Lieu"),
    "establishment": gettext_lazy("Établissement"),
    "establishments": gettext_lazy("Établissements"),
    "starts_on": gettext_lazy("À partir du"),
    "ends_on": gettext_lazy("Jusqu’au (exclu)"),
    "expires_at": gettext_lazy("Valable jusqu’au"),
    "proof": gettext_lazy("Justificatif joint"),
    "how": gettext_lazy("Écran"),
    "rows": gettext_lazy("Noms affichés"),
    "date": gettext_lazy("Situation au"),
    "filters": gettext_lazy("Filtres"),
    "path": gettext_lazy("Adresse"),
    "kind": gettext_lazy("Nature"),
    "people": gettext_lazy("Agents"),
    "roles": gettext_lazy("Métiers"),
    "file": gettext_lazy("Fichier"),
    "sha256": gettext_lazy("Empreinte SHA-256"),
    "counts": gettext_lazy("Décompte"),
    "undone": gettext_lazy("Remis comme avant"),
    "refused": gettext_lazy("Refusés"),
    "kept": gettext_lazy("Laissés tels quels"),
    "changed": gettext_lazy("Modifié"),
    "trainable": gettext_lazy("Module"),
    "since": gettext_lazy("Depuis le"),
    "effects": gettext_lazy("Mois d’effet"),
    "until": gettext_lazy("Jusqu’au"),
    "attestations": gettext_lazy("Attestations"),
    "archive": gettext_lazy("Archive"),
    "declarations": gettext_lazy("Déclarations"),
    "provenance": gettext_lazy("Origine"),
    "number": gettext_lazy("Version"),
    "is_active": gettext_lazy("Actif"),
    "is_superuser": gettext_lazy("Administrateur"),
    "groups": gettext_lazy("Groupes"),
    "new": gettext_lazy("nouveaux"),
    "moved": gettext_lazy("mutés"),
    "gone": gettext_lazy("partis"),
    "doubtful": gettext_lazy("à décider"),
    "same": gettext_lazy("inchangés"),
    "confirmed": gettext_lazy("confirmés"),
    "wrong": gettext_lazy("lignes refusées"),
    "known": gettext_lazy("connus"),
    "left_out": gettext_lazy("lignes laissées de côté"),
    "aside": gettext_lazy("laissés de côté"),
    "past": gettext_lazy("déjà partis"),
    "places": gettext_lazy("établissements"),
    "departments_kept": gettext_lazy("Services conservés"),
    "departments": gettext_lazy("Services créés"),
    "present": gettext_lazy("Présents"),
    "why": gettext_lazy("Motif"),
    "as": gettext_lazy("Format"),
    "by": gettext_lazy("Reconnu par"),
    "region": gettext_lazy("Région"),
    "days": gettext_lazy("Dates"),
    "audience": gettext_lazy("Destinataires"),
    "recipients": gettext_lazy("Courriels"),
    "count": gettext_lazy("Nombre"),
}
UNTOLD = {"uids", "batch", "code", "registration", "message"}
"""Numbers of rows, for machines: a file of the whole log has them."""
WHY = {
    "asked": gettext_lazy("demandé par la personne"),
    "office": gettext_lazy("par l’administration du site"),
    "left": gettext_lazy("parti depuis longtemps"),
    "merged": gettext_lazy("second compte d’un agent dont les fiches ont été fusionnées"),
}
SCREENS = {
    "grants": gettext_lazy("habilitations"),
    "search": gettext_lazy("recherche"),
    "duplicates": gettext_lazy("fiches en double"),
    "account": gettext_lazy("fiche d’un compte"),
    "page": gettext_lazy("page"),
    "csv": gettext_lazy("fichier CSV"),
    "xlsx": gettext_lazy("fichier XLSX"),
    "roll": gettext_lazy("liste des présences"),
    "sheet": gettext_lazy("feuille d’émargement"),
}
ORIGINS = {
    "listed": gettext_lazy("liste de l’organisateur"),
    "paper": gettext_lazy("feuille signée"),
}
AUDIENCES = {
    "confirmed": gettext_lazy("les inscrits"),
    "waiting": gettext_lazy("la liste d’attente"),
    "standing": gettext_lazy("les inscrits et la liste d’attente"),
}
_KEYS = {
    "right": dict(GrantRight.choices),
    "role": dict(RoleKey.choices),
    "scope": dict(ScopeKind.choices),
    "kind": dict(CodeKind.choices),
    "how": SCREENS,
    "why": WHY,
    "provenance": ORIGINS,
    "audience": AUDIENCES,
}
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}")


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """An entry in words: who, what, and the facts as (label, text)."""

    entry: AuditEntry
    actor: str
    sentence: str
    facts: list[tuple[str, str]]

    @property
    def text(self) -> str:
        """The facts in one line."""
        return " ; ".join(
            _("%(label)s : %(text)s") % {"label": a, "text": b} for a, b in self.facts
        )


def journal_of(*, establishment: Establishment) -> QuerySet[AuditEntry]:
    """The entries about an establishment, the newest first."""
    entries = AuditEntry.objects.filter(place=establishment.uid).select_related("actor")
    return entries.order_by("-at", "-pk")


def journal_filtered(
    entries: QuerySet[AuditEntry],
    *,
    actor: str = "",
    kind: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[AuditEntry]:
    """Those by somebody of this name or address, of this kind, between two days, both included."""
    entries = by_actor(entries, actor)
    if kind:
        entries = entries.filter(action__in=actions_of(kind))
    if since:
        entries = entries.filter(at__gte=_start(since))
    if until:
        entries = entries.filter(at__lt=_start(until + dt.timedelta(days=1)))
    return entries


def by_actor(entries: QuerySet[AuditEntry], text: str) -> QuerySet[AuditEntry]:
    """Those of whom each word stands in the name or the address."""
    for word in text.split():
        entries = entries.filter(
            Q(actor__email__icontains=word)
            | Q(actor__last_name__icontains=word)
            | Q(actor__first_name__icontains=word)
        )
    return entries


def entries_told(entries: Iterable[AuditEntry]) -> list[Told]:
    """A page of entries in words. Four queries at most, whatever they hold."""
    entries = list(entries)
    names = _Names(entries)
    return [
        Told(entry, actor_of(entry), sentence_of(entry.action), list(names.facts(entry)))
        for entry in entries
    ]


def actor_of(entry: AuditEntry) -> str:
    """Who did it."""
    if entry.actor is None:
        return _("la plateforme")
    return f"{entry.actor} <{entry.actor.email}>"


def journal_table(entries: QuerySet[AuditEntry], *, place: Establishment) -> ExportTable:
    """The entries of a house for a spreadsheet."""
    now = timezone.localtime()
    return ExportTable(
        title=_("Journal"),
        filename=f"journal-{now:%Y-%m-%d}",
        notes=[
            (_("Établissement"), str(place)),
            (_("Établi le"), f"{now:%d/%m/%Y %H:%M}"),
            (_("Lignes"), _("%(most)d au plus, les plus récentes") % {"most": MOST}),
        ],
        header=[_("Date et heure"), _("Auteur"), _("Action"), _("Précisions")],
        rows=_rows(entries),
        widths=(20, 40, 36, 90),
    )


def told_in_parts(entries: QuerySet[AuditEntry]) -> Iterable[Told]:
    """All of them, a part at a time, for files."""
    part: list[AuditEntry] = []
    for entry in entries[:MOST].iterator(chunk_size=1000):
        part.append(entry)
        if len(part) == 1000:
            yield from entries_told(part)
            part = []
    yield from entries_told(part)


def _rows(entries: QuerySet[AuditEntry]) -> Iterable[list[Value]]:
    for told in told_in_parts(entries):
        at = timezone.localtime(told.entry.at)
        yield [f"{at:%Y-%m-%d %H:%M:%S}", told.actor, told.sentence, told.text]


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class _Names:
    """The names of what entries refer to by number."""

    def __init__(self, entries: Iterable[AuditEntry]) -> None:
        users: set[int] = set()
        places: dict[str, set[int]] = {kind.value: set() for kind in ScopeKind}
        for entry in entries:
            details = entry.details
            if isinstance(details.get("user"), int):
                users.add(details["user"])
            if isinstance(details.get("place"), int) and details.get("scope") in places:
                places[details["scope"]].add(details["place"])
            houses = details.get("establishments", [])
            houses = [*houses, details.get("establishment")] if isinstance(houses, list) else []
            places["establishment"] |= {one for one in houses if isinstance(one, int)}
        self._users = _named(User.objects.filter(pk__in=users)) if users else {}
        models = {"establishment": Establishment, "department": Department, "region": Region}
        self._places = {
            kind: _named(model._default_manager.filter(pk__in=places[kind]))
            for kind, model in models.items()
            if places[kind]
        }

    def facts(self, entry: AuditEntry) -> Iterable[tuple[str, str]]:
        for key, value in entry.details.items():
            if key in UNTOLD or value in (None, "", [], {}):
                continue
            yield _label(key), self._value(key, value, entry.details)[:SHOWN_LONG]

    def _value(self, key: str, value: Any, details: Mapping[str, Any]) -> str:
        if isinstance(value, bool):
            return _("oui") if value else _("non")
        if key == "user" and isinstance(value, int):
            return self._users.get(value, _("compte n° %(n)d") % {"n": value})
        if isinstance(value, int) and key in ("place", "establishment"):
            kind = details.get("scope", "establishment") if key == "place" else "establishment"
            return self._places.get(kind, {}).get(value, f"n° {value}")
        if key == "establishments" and isinstance(value, list):
            houses = self._places.get("establishment", {})
            return _joined([houses.get(one, str(one)) for one in value])
        return _plain(key, value)


def _named(rows: QuerySet[Any]) -> dict[int, str]:
    return {row.pk: str(row) for row in rows}


def _label(key: str) -> str:
    return str(LABELS.get(key, key.replace("_", " ")))


def _plain(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return _joined(
            [f"{_label(one)} {_plain(one, text)}" for one, text in value.items() if text]
        )
    if isinstance(value, list):
        return _joined([_plain("", one) for one in value])
    if isinstance(value, str):
        known = _KEYS.get(key, {})
        return str(known[value]) if value in known else _day(value)
    return str(value)


def _joined(parts: list[str]) -> str:
    more = len(parts) - SHOWN_MANY
    text = ", ".join(parts[:SHOWN_MANY])
    return _("%(text)s et %(n)d autres") % {"text": text, "n": more} if more > 0 else text


def _day(text: str) -> str:
    """A day or moment as the French write it; any other text as it is."""
    if not _DAY.match(text):
        return text
    try:
        moment, day = parse_datetime(text), parse_date(text)
    except ValueError:
        return text
    if day is not None:
        return f"{day:%d/%m/%Y}"
    if moment is None:
        return text
    return f"{timezone.localtime(moment) if timezone.is_aware(moment) else moment:%d/%m/%Y %H:%M}"

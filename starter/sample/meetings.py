"""Eighteen meetings of next year, one a region, each marked as an example; two that are over."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from documents.services import pdf_render
from meetings.enums import MeetingFormat
from meetings.models import MeetingPage, MeetingsIndexPage
from meetings.services import meeting_publish
from meetings.zones import zone_of_region
from organisation.models import Region
from training.models import Trainable

NBSP = "\N{NO-BREAK SPACE}"
TUESDAY = 1
# (month, which Tuesday of it): between March and November, none in the summer holidays.
DAYS = (
    *((3, 1), (3, 2), (3, 4), (4, 1), (4, 3), (5, 3), (5, 4), (6, 1), (6, 2), (6, 4), (7, 1)),
    *((9, 2), (9, 3), (9, 4), (10, 1), (10, 3), (10, 4), (11, 3)),
)
CLOSES_BEFORE = dt.timedelta(days=2)
FORMATS = (MeetingFormat.ON_SITE, MeetingFormat.BOTH, MeetingFormat.ON_SITE, MeetingFormat.REMOTE)
CAPACITIES = (80, 60, None, 120)
MORNING, AFTERNOON = (dt.time(9, 30), dt.time(12, 30)), (dt.time(14), dt.time(17))


@dataclass(frozen=True)
class Subject:
    title: str
    summary: str
    sessions: tuple[tuple[str, str], ...]
    """(what, who tells it)"""


SUBJECTS = (
    Subject(
        "La nuit où tout s’arrête",
        "Tenir les soins quand les écrans sont noirs : retours d’exercices, plan blanc numérique.",
        (
            ("Une nuit sans dossier patient : deux établissements racontent", "Cadre de nuit"),
            ("Ce que la cellule de crise attend des services", "Directeur d’astreinte"),
            ("Ateliers par métier : que fait-on dans la première heure ?", "Ingénieure qualité"),
        ),
    ),
    Subject(
        "Signaler sans crainte",
        "Comment une équipe apprend à dire vite ce qui s’est passé, et ce que cela change.",
        (
            ("« J’ai cliqué » : deux établissements racontent", "Infirmière coordinatrice"),
            ("Ce qui se passe après un signalement", "Responsable de la sécurité numérique"),
            ("Ateliers par métier : à qui, quand, avec quels mots ?", "Psychologue du travail"),
        ),
    ),
    Subject(
        "Des gestes qui tiennent au chevet",
        "Postes partagés, cartes, mots de passe : ce qui marche dans les services de soins.",
        (
            ("Verrouiller sans perdre de temps : deux établissements racontent", "Cadre de santé"),
            ("La carte professionnelle au quotidien", "Pharmacienne hospitalière"),
            ("Ateliers par métier : nos trois gestes", "Formateur en établissement"),
        ),
    ),
)


@dataclass(frozen=True)
class Place:
    code: str
    slug: str
    where: str
    city: str


PLACES = (
    Place("53", "bretagne", "en Bretagne", "Rennes"),
    Place("11", "ile-de-france", "en Île-de-France", "Paris"),
    Place("04", "la-reunion", "à La Réunion", "Saint-Denis"),
    Place("84", "auvergne-rhone-alpes", "en Auvergne-Rhône-Alpes", "Lyon"),
    Place("32", "hauts-de-france", "dans les Hauts-de-France", "Lille"),
    Place("76", "occitanie", "en Occitanie", "Toulouse"),
    Place("01", "guadeloupe", "en Guadeloupe", "Basse-Terre"),
    Place("44", "grand-est", "dans le Grand Est", "Strasbourg"),
    Place("28", "normandie", "en Normandie", "Rouen"),
    Place("75", "nouvelle-aquitaine", "en Nouvelle-Aquitaine", "Bordeaux"),
    Place("03", "guyane", "en Guyane", "Cayenne"),
    Place("93", "provence-alpes-cote-d-azur", "en Provence-Alpes-Côte d’Azur", "Marseille"),
    Place("24", "centre-val-de-loire", "en Centre-Val de Loire", "Orléans"),
    Place("52", "pays-de-la-loire", "dans les Pays de la Loire", "Nantes"),
    Place("02", "martinique", "en Martinique", "Fort-de-France"),
    Place("27", "bourgogne-franche-comte", "en Bourgogne-Franche-Comté", "Dijon"),
    Place("06", "mayotte", "à Mayotte", "Mamoudzou"),
    Place("94", "corse", "en Corse", "Ajaccio"),
)


@dataclass(frozen=True)
class Past:
    """One that is over: how long before, by its Tuesday."""

    slug: str
    place: str
    days_ago: int
    subject: int


PASTS = (
    Past("exemple-passe-bretagne", "bretagne", 40, 1),
    Past("exemple-passe-normandie", "normandie", 75, 2),
)


def sample_meetings_load(
    index: MeetingsIndexPage, *, now: dt.datetime, counts_for: Trainable | None = None
) -> int:
    """Publish under `index` the example meetings that are not there yet; how many are new.

    They are those of the year after `now` (aware), so the same year gives the same meetings. A
    region that the database lacks has none.
    """
    taken = set(index.get_children().values_list("slug", flat=True))
    regions = {region.code: region for region in Region.objects.all()}
    created = 0
    for number, (place, (month, which)) in enumerate(zip(PLACES, DAYS, strict=True)):
        if place.code in regions and f"exemple-{place.slug}" not in taken:
            day = _tuesday(now.year + 1, month, which)
            page = _meeting(place, regions[place.code], number, day)
            page.counts_for = counts_for
            meeting_publish(index=index, meeting=page)
            created += 1
    return created


def sample_past_meetings_load(
    index: MeetingsIndexPage, *, now: dt.datetime, counts_for: Trainable | None = None
) -> list[MeetingPage]:
    """Publish the two examples that are over, with what is left of them."""
    places = {place.slug: place for place in PLACES}
    pages = []
    for past in PASTS:
        place = places[past.place]
        region = Region.objects.get(code=place.code)
        day = now.date() - dt.timedelta(days=past.days_ago)
        day -= dt.timedelta(days=(day.weekday() - TUESDAY) % 7)
        page = _meeting(place, region, past.subject, day, slug=past.slug, is_over=True)
        page.counts_for = counts_for
        page.materials = _materials(SUBJECTS[past.subject], place, now)
        pages.append(meeting_publish(index=index, meeting=page))
    return pages


def _tuesday(year: int, month: int, which: int) -> dt.date:
    """The `which`-th Tuesday of a month, from 1 on."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(TUESDAY - first.weekday()) % 7 + 7 * (which - 1))


def _meeting(
    place: Place,
    region: Region,
    number: int,
    day: dt.date,
    *,
    slug: str = "",
    is_over: bool = False,
) -> MeetingPage:
    slug = slug or f"exemple-{place.slug}"
    subject = SUBJECTS[number % len(SUBJECTS)]
    kind = MeetingFormat.ON_SITE if is_over else FORMATS[number % len(FORMATS)]
    zone = zone_of_region(place.code).zone
    starts, ends = (
        dt.datetime.combine(day, hour, tzinfo=zone)
        for hour in (MORNING if number % 2 else AFTERNOON)
    )
    is_remote = kind == MeetingFormat.REMOTE
    warning = (
        "Cette rencontre est un exemple, elle n’a pas eu lieu."
        if is_over
        else ("Cette rencontre est un exemple, elle n’aura pas lieu.")
    )
    return MeetingPage(
        uid=uuid.uuid5(uuid.NAMESPACE_URL, f"sample-meeting/{slug}"),
        slug=slug,
        title=f"Exemple{NBSP}: {subject.title[0].lower()}{subject.title[1:]}, {place.where}",
        summary=f"{subject.summary} {warning}",
        region=region,
        starts_at=starts,
        ends_at=ends,
        format=kind,
        place="" if is_remote else f"Lieu d’exemple, {place.city}",
        address="" if is_remote else f"1, rue de l’Exemple\n{place.city}",
        transport="" if is_remote else _transport(place),
        accessibility=_accessibility(is_remote=is_remote),
        remote_link="" if kind == MeetingFormat.ON_SITE else f"https://visio.demo.test/{slug}",
        capacity=CAPACITIES[number % len(CAPACITIES)],
        registration_closes_at=starts - CLOSES_BEFORE,
        organiser=f"Organisateur d’exemple ({region.name})",
        contact_name="Équipe d’organisation (exemple)",
        contact_email=f"rencontre-{place.slug}@demo.test",
        programme=_programme(starts, subject),
    )


def _transport(place: Place) -> str:
    return (
        f"Arrêt «{NBSP}Exemple{NBSP}» à deux minutes, gare de {place.city} à vingt minutes à pied. "
        "Stationnement gratuit, quatre places réservées aux personnes handicapées. "
        "Covoiturage : écrivez au contact."
    )


def _accessibility(*, is_remote: bool) -> str:
    if is_remote:
        return "Sous-titrage en direct. Documents envoyés à l’avance sur demande."
    return (
        "Salle de plain-pied, boucle magnétique. Pour tout autre besoin, écrivez au contact "
        "quinze jours avant."
    )


def _programme(starts: dt.datetime, subject: Subject) -> list[dict[str, Any]]:
    """A welcome, then the sessions of the subject, three quarters of an hour each."""
    told = [("Accueil", ""), *subject.sessions]
    long = dt.timedelta(minutes=45)
    return [
        {
            "type": "session",
            "value": {
                "starts": f"{starts + number * long:%H:%M:%S}",
                "ends": f"{starts + (number + 1) * long:%H:%M:%S}",
                "title": title,
                "speakers": [{"name": who, "function": "intervention d’exemple"}] if who else [],
            },
        }
        for number, (title, who) in enumerate(told)
    ]


def _materials(subject: Subject, place: Place, now: dt.datetime) -> list[dict[str, Any]]:
    """What was said, and the slides as a small PDF."""
    slides = pdf_render(
        template="starter/sample/slides.typ",
        data={
            "title": subject.title,
            "place": place.city,
            "sessions": [title for title, _who in subject.sessions],
        },
        timestamp=now.astimezone(dt.UTC),
    )
    document = get_document_model()(title=f"{subject.title} (exemple)")
    document.file.save(f"exemple-{place.slug}.pdf", ContentFile(slides))
    points = "".join(f"<li>{title}</li>" for title, _who in subject.sessions)
    return [
        {
            "type": "summary",
            "value": f"<p>Compte rendu d’exemple. Nous avons parlé de{NBSP}:</p><ul>{points}</ul>",
        },
        {
            "type": "slides",
            "value": {"title": "Les supports de la journée", "document": document.pk},
        },
    ]

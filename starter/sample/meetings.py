"""Eighteen meetings, one a region, each marked as an example."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from meetings.enums import MeetingFormat
from meetings.models import MeetingPage, MeetingsIndexPage
from meetings.services import meeting_publish
from meetings.zones import zone_of_region
from organisation.models import Region

NBSP = "\N{NO-BREAK SPACE}"
FIRST_AFTER = 16  # days
EVERY = 11  # days
TUESDAY, THURSDAY = 1, 3
FORMATS = (MeetingFormat.ON_SITE, MeetingFormat.BOTH, MeetingFormat.ON_SITE, MeetingFormat.REMOTE)
SUBJECTS = (
    (
        "La nuit où tout s’arrête",
        "Tenir les soins quand les écrans sont noirs : retours d’exercices, plan blanc numérique.",
    ),
    (
        "Signaler sans crainte",
        "Comment une équipe apprend à dire vite ce qui s’est passé, et ce que cela change.",
    ),
    (
        "Des gestes qui tiennent au chevet",
        "Postes partagés, cartes, mots de passe : ce qui marche dans les services de soins.",
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


def sample_meetings_load(index: MeetingsIndexPage, *, now: dt.datetime) -> int:
    """Publish under `index` the example meetings that are not there yet; how many are new.

    They follow `now` (aware) at eleven days from each other, so the same `now` gives the same
    meetings. A region that the database lacks has none.
    """
    taken = set(index.get_children().values_list("slug", flat=True))
    regions = {region.code: region for region in Region.objects.all()}
    created = 0
    for number, place in enumerate(PLACES):
        if place.code in regions and f"exemple-{place.slug}" not in taken:
            day = _working_day(now.date() + dt.timedelta(days=FIRST_AFTER + EVERY * number))
            meeting_publish(index=index, meeting=_meeting(place, regions[place.code], number, day))
            created += 1
    return created


def _working_day(day: dt.date) -> dt.date:
    """The first Tuesday or Thursday from `day` on."""
    while day.weekday() not in (TUESDAY, THURSDAY):
        day += dt.timedelta(days=1)
    return day


def _meeting(place: Place, region: Region, number: int, day: dt.date) -> MeetingPage:
    slug = f"exemple-{place.slug}"
    subject, summary = SUBJECTS[number % len(SUBJECTS)]
    kind = FORMATS[number % len(FORMATS)]
    zone = zone_of_region(place.code).zone
    starts, ends = (dt.time(9, 30), dt.time(16, 30)) if number % 2 else (dt.time(14), dt.time(17))
    is_remote = kind == MeetingFormat.REMOTE
    return MeetingPage(
        uid=uuid.uuid5(uuid.NAMESPACE_URL, f"sample-meeting/{slug}"),
        slug=slug,
        title=f"Exemple{NBSP}: {subject[0].lower()}{subject[1:]}, {place.where}",
        summary=f"{summary} Cette rencontre est un exemple, elle n’aura pas lieu.",
        region=region,
        starts_at=dt.datetime.combine(day, starts, tzinfo=zone),
        ends_at=dt.datetime.combine(day, ends, tzinfo=zone),
        format=kind,
        place="" if is_remote else f"Lieu d’exemple, {place.city}",
        address="" if is_remote else f"1, rue de l’Exemple\n{place.city}",
        accessibility=_accessibility(is_remote=is_remote),
        organiser=f"Organisateur d’exemple ({region.name})",
        contact_name="Équipe d’organisation (exemple)",
        contact_email=f"rencontre-{place.slug}@demo.test",
        programme=[("rich_text", _programme(starts, subject))],
    )


def _accessibility(*, is_remote: bool) -> str:
    if is_remote:
        return "Sous-titrage en direct. Documents envoyés à l’avance sur demande."
    return (
        "Salle de plain-pied, boucle magnétique. Pour tout autre besoin, écrivez au contact "
        "quinze jours avant."
    )


def _programme(starts: dt.time, subject: str) -> str:
    hour = starts.hour
    minutes = f"{NBSP}{starts.minute:02d}" if starts.minute else ""
    return (
        f"<ul><li><b>{hour}{NBSP}h{minutes}</b> Accueil</li>"
        f"<li><b>{hour + 1}{NBSP}h</b> {subject}{NBSP}: deux établissements racontent</li>"
        f"<li><b>{hour + 2}{NBSP}h</b> Ateliers par métier, puis échanges</li></ul>"
    )

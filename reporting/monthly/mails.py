"""The monthly mail: the board's page as text, with the way to the screen and to the files.

It tells the month that is over, as it stood on its last day. Nothing is attached: who wants the
files signs in. The right to each place is asked again when the mail is composed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.links import site_url
from notifications.mails import LocalContact, bodies_render
from notifications.messages import Message
from notifications.models import Run
from notifications.registry import Category, Kind, Step, category_register, kind_register
from organisation.local_contacts import local_contact
from organisation.models import Department, Establishment, Region
from organisation.selectors import recipient_of_user
from reporting.board.reading import (
    Board,
    board_of_department,
    board_of_establishment,
    board_of_nation,
    board_of_region,
)
from reporting.board.words import board_words
from reporting.figures import month_name
from reporting.models import MonthlyReport
from reporting.monthly.models import ReportFormat
from reporting.monthly.subscribing import CATEGORY
from reporting.permissions import can_read_place
from reporting.places import Place, board_address, place_address, place_name
from users.models import User

KIND = CATEGORY
BATCH = 50
"""Readers looked at in a step."""

EXAMINED, REFUSED, EMPTY = "examined", "refused", "empty"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Section:
    """A place: what the board reads of it, and where the rest is."""

    title: str
    situation: str
    stand: str
    moves: list[str]
    late: list[str]
    proposals: list[str]
    links: list[tuple[str, str]]


def register() -> None:
    category_register(
        Category(
            CATEGORY,
            gettext_lazy("bilan mensuel des formations"),
            is_optional=True,
            is_limited=False,
        )
    )
    counted = {
        EXAMINED: gettext_lazy("personnes abonnées"),
        REFUSED: gettext_lazy("lieux que l’abonné n’est plus habilité à lire"),
        EMPTY: gettext_lazy("sans chiffres à envoyer"),
    }
    kind_register(Kind(KIND, gettext_lazy("Bilans mensuels"), monthly_compose, counted))


def period_of(day: dt.date) -> str:
    """«2026-12»: the month in which the mail leaves."""
    return f"{day:%Y-%m}"


def monthly_compose(run: Run) -> Step:
    """The next step of a run whose period is a month; a place of several readers is read once."""
    last = dt.date.fromisoformat(f"{run.period}-01") - _DAY
    readers = _readers_after(int(run.cursor or 0))
    if not readers:
        return Step([], None)
    known: dict[Place, Section | None] = {}
    messages = []
    refused = 0
    for reader in readers:
        sections: list[tuple[Place, Section]] = []
        for report in _reports_of(reader):
            place = report.place
            if not can_read_place(reader, place):
                refused += 1
                continue
            if place not in known:
                known[place] = _section(place, last)
            if (section := known[place]) is not None:
                sections.append((place, _first(section, report.format)))
        if sections:
            messages.append(_message(reader, sections, run.period, last))
    counts = {EXAMINED: len(readers), REFUSED: refused, EMPTY: len(readers) - len(messages)}
    return Step(messages, str(readers[-1].pk) if len(readers) == BATCH else None, counts)


def _readers_after(pk: int) -> list[User]:
    subscribed = MonthlyReport.objects.values("user")
    readers = User.objects.filter(pk__gt=pk, pk__in=subscribed, is_active=True)
    return list(readers.select_related("person").order_by("pk")[:BATCH])


def _reports_of(reader: User) -> list[MonthlyReport]:
    return list(
        MonthlyReport.objects.filter(user=reader)
        .select_related("department__establishment", "establishment", "region")
        .order_by("pk")
    )


def _section(place: Place, day: dt.date) -> Section | None:
    board = _board(place, day)
    if board is None:
        return None
    words = board_words(board)
    empty, main = words["empty"], words["main"]
    return Section(
        title=place_name(place),
        situation=words["situation"],
        stand=f"{main['figure']} {main['sentence']}" if main else f"{empty[0]} {empty[1]}",
        moves=[f"{one.since} : {one.sentence}" for one in words["moves"]],
        late=[f"{one.name} : {one.text}" for one in board.late] or [words["nobody_late"]],
        proposals=[f"{one.what}. {one.why}" for one in board.proposals] or [words["nothing"]],
        links=_links(place),
    )


def _board(place: Place, day: dt.date) -> Board | None:
    if isinstance(place, Establishment):
        return board_of_establishment(establishment=place, day=day)
    if isinstance(place, Department):
        return board_of_department(department=place, day=day)
    if isinstance(place, Region):
        return board_of_region(region=place)
    return board_of_nation()


def _links(place: Place) -> list[tuple[str, str]]:
    """(words, address) in the order of the formats."""
    addresses = {
        ReportFormat.SCREEN: board_address(place),
        ReportFormat.PDF: place_address("reporting:{}_board_pdf", place),
        ReportFormat.TABLE: place_address("reporting:{}_file", place, "xlsx"),
    }
    return [(str(one.label), site_url(address)) for one, address in addresses.items()]


def _first(section: Section, wanted: str) -> Section:
    """With the link that she chose in front."""
    chosen = ReportFormat.values.index(wanted)
    links = [section.links[chosen], *(x for i, x in enumerate(section.links) if i != chosen)]
    return replace(section, links=links)


def _message(
    reader: User, sections: list[tuple[Place, Section]], period: str, last: dt.date
) -> Message:
    recipient = recipient_of_user(user=reader)
    month = month_name(last)
    bodies = bodies_render(
        "reporting/email/monthly",
        {"sections": [section for _place, section in sections], "month": month},
        category=CATEGORY,
        recipient=recipient,
        contact=_contact(sections[0][0]),
        space_path=reverse("reporting:home"),
    )
    key = f"monthly:{recipient.hex}:{period}"
    return Message(
        category=CATEGORY,
        recipient=recipient,
        address=reader.email,
        key=key,
        covers=(key,),
        subject=_("%(site)s : bilan des formations, %(month)s")
        % {"site": settings.WAGTAIL_SITE_NAME, "month": month},
        text=bodies.text,
        html=bodies.html,
    )


def _contact(place: Place) -> LocalContact:
    house = place.establishment if isinstance(place, Department) else place
    if not isinstance(house, Establishment):
        return LocalContact()  # she reads a region or the nation: no hospital is hers
    return local_contact(house)

"""Posters that hang in the sample hospitals, and what became of the campaign's assets."""

from __future__ import annotations

import datetime as dt
import random

from django.utils import timezone

from campaign_assets.enums import ReachKind
from campaign_assets.models import (
    AssetPage,
    DesignedPage,
    PosterPage,
    ReachEvent,
    ShortLink,
    VideoPage,
)
from campaign_assets.reach.statements import reached
from campaign_assets.workshop.services import adaptation_save
from courses import statements as course_statements
from courses.models import LearningSession, ModulePage
from organisation.models import Establishment
from starter.sample.history import History
from starter.sample.people import uuid_drawn
from users.models import User

WEEKS = 30
PLACES = (
    "Salle de pause, 3e étage",
    "Vestiaires",
    "Poste de soins, urgences",
    "Self",
    "Bureau des cadres",
    "Accueil",
)
OF_FIRST, OF_OTHERS = 6, 2  # posters of the first hospital, and of the others
ANONYMOUS = 0.35  # of files and films: no account says where
BEGINS, FINISHES = 0.45, 0.7  # of those who follow a code; of those who begin


def sample_reach_draw(
    houses: list[Establishment], officer: User, today: dt.date, history: History
) -> int:
    """Hang posters, and draw thirty weeks of files, films and codes. Returns how many events; their
    statements, and those of what visitors began, are said in `history`."""
    rng = random.Random("reach")  # noqa: S311 - invented data
    began = timezone.make_aware(dt.datetime.combine(today, dt.time(9))) - dt.timedelta(weeks=WEEKS)
    links = _posters_hang(houses, officer, began)
    assets = list(AssetPage.objects.live().order_by("path"))
    events = [
        event
        for week in range(WEEKS)
        for event in _week(rng, began + dt.timedelta(weeks=week), assets, houses, links)
    ]
    ReachEvent.objects.bulk_create(events, batch_size=500)
    history.said += [reached(event) for event in events]
    _learnt(rng, events, history)
    return len(events)


def _posters_hang(houses: list[Establishment], officer: User, now: dt.datetime) -> list[ShortLink]:
    posters: list[DesignedPage] = [
        page for page in PosterPage.objects.live().order_by("path") if page.is_drawn
    ]
    links = []
    for number, house in enumerate(houses):
        count = OF_OTHERS if number else OF_FIRST
        for place, page in zip(PLACES[:count], posters[number:] + posters, strict=False):
            adaptation = adaptation_save(
                page=page, establishment=house, texts={}, placement=place, actor=officer, now=now
            )
            links.append(adaptation.short_link)
    return links


def _week(
    rng: random.Random,
    begins: dt.datetime,
    assets: list[AssetPage],
    houses: list[Establishment],
    links: list[ShortLink],
) -> list[ReachEvent]:
    found = []
    for _file in range(rng.randint(12, 30)):
        asset = assets[min(int(rng.expovariate(0.15)), len(assets) - 1)]
        is_film = asset.specific_class is VideoPage and rng.random() < 0.8
        found.append(
            ReachEvent(
                uid=uuid_drawn(rng),
                kind=ReachKind.PLAY if is_film else ReachKind.DOWNLOAD,
                asset=asset,
                establishment=None if rng.random() < ANONYMOUS else rng.choice(houses),
                file="" if is_film else "a4.pdf",
                at=_moment(rng, begins),
            )
        )
    for link in links:
        for _scan in range(int(rng.expovariate(0.7))):
            found.append(
                ReachEvent(
                    uid=uuid_drawn(rng),
                    kind=ReachKind.SCAN,
                    asset=link.asset,
                    establishment=link.establishment,
                    short_link=link,
                    at=_moment(rng, begins),
                )
            )
    return found


def _learnt(rng: random.Random, events: list[ReachEvent], history: History) -> None:
    """Some of those who followed a code took the module without saying who they are."""
    modules = {page.pk: page for page in ModulePage.objects.select_related("trainable")}
    for event in events:
        module = modules.get(event.short_link.target_id) if event.short_link else None
        if module is None or rng.random() > BEGINS:
            continue
        session = LearningSession(
            uid=uuid_drawn(rng),
            trainable=module.trainable,
            revision=str(module.live_revision_id or ""),
            started_at=event.at,
            came_by=event.short_link,
        )
        history.sessions.append(session)
        history.said.append(course_statements.module_initialized(session))
        if rng.random() < FINISHES:
            session.completed_at = event.at + dt.timedelta(minutes=rng.randint(5, 12))
            history.said.append(course_statements.module_completed(session, rng.uniform(0.75, 1)))


def _moment(rng: random.Random, begins: dt.datetime) -> dt.datetime:
    return begins + dt.timedelta(days=rng.randrange(7), minutes=rng.randrange(9 * 60))

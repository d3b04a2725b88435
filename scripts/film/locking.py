"""«Je verrouille, je pars.»: the same five minutes twice, once open, once locked."""

from __future__ import annotations

import math
from contextlib import AbstractContextManager
from dataclasses import dataclass

from .actors import (
    STRAIGHT,
    Gaze,
    agent,
    blinking,
    eye,
    keycap,
    lids,
    record,
    rewind,
    shackle,
    stranger,
    tick,
)
from .stage import (
    CORAL,
    DUSK,
    HAZE,
    MINT,
    NIGHT,
    SIGNAL,
    WHITE,
    Stage,
    almond,
    arc,
    blend,
)
from .story import GESTURE, HEADLINE, HELP, Film, Sight, Words
from .timing import arrive, between, bump, leave, mix, overshoot, ramp, ring, smooth, track

FLOOR = 940.0
DESK, DOOR = 1590.0, 2260.0  # where the agent sits, and where nobody is seen any more
SCREEN = (900.0, 656.0)
STRANGER = 132.0  # its radius

WORDS = (
    Words(1.0, 3.8, ("3 h 40, salle de soins.",)),
    Words(4.2, 6.8, ("On m'appelle. J'y vais.",)),
    Words(7.0, 9.9, ("Ma session reste ouverte…",)),
    Words(10.1, 14.0, ("… et le dossier est à qui passe.",)),
    Words(14.5, 16.4, ("On reprend.",)),
    Words(16.8, 20.4, ("Windows + L, ou carte retirée.",)),
    Words(21.4, 25.2, ("Rien à voir, rien à prendre.",)),
    Words(25.8, 29.8, ("Je reviens : tout est là.",)),
    Words(32.2, 40.0, ("Je verrouille,", "je pars."), HEADLINE),
    Words(33.7, 40.0, ("Windows + L ou carte retirée,", "chaque fois que je m'éloigne."), GESTURE),
    Words(37.1, 40.0, ("Un doute ? J'appelle", "le support informatique."), HELP),
)
SIGHTS = (
    Sight(
        0.0,
        3.9,
        "La nuit. Une soignante, silhouette jaune qui porte son badge, est devant "
        "un écran où le dossier d'un patient est ouvert.",
    ),
    Sight(3.9, 6.9, "Un appel s'allume au mur. Elle se détourne et part."),
    Sight(
        6.9,
        10.0,
        "L'écran est resté allumé, sans personne. Une boule corail, un œil au milieu, roule "
        "jusqu'à lui.",
    ),
    Sight(
        10.0,
        14.2,
        "Le cadre de l'écran devient corail. Une à une, les pages du dossier "
        "glissent hors de l'écran, et la boule les avale.",
    ),
    Sight(14.2, 16.4, "Deux paupières se ferment sur l'image, puis se rouvrent sur le début."),
    Sight(
        16.4,
        20.4,
        "L'appel s'allume de nouveau. Cette fois, les touches Windows et L s'enfoncent : l'écran "
        "devient un cadenas jaune, dont la serrure est un œil qui s'ouvre.",
    ),
    Sight(
        20.4,
        25.4,
        "La soignante part. La boule corail revient, se heurte au cadenas qui la suit des yeux, "
        "et repart sans rien.",
    ),
    Sight(
        25.4,
        30.0,
        "La soignante revient, pose la main : le cadenas se rouvre sur le dossier, "
        "marqué d'une coche verte.",
    ),
    Sight(
        30.0,
        32.2,
        "Elle verrouille d'un geste et s'éloigne. Le cadenas grandit jusqu'à sortir du cadre.",
    ),
    Sight(
        32.2,
        40.0,
        "Le grand cadenas jaune regarde devant lui. Le message s'affiche à gauche, sous le nom de "
        "la campagne, Tous cyber vigilant.",
    ),
)


@dataclass(frozen=True)
class Screen:
    """The workstation. `locked` 1 is the padlock, `grown` 1 the padlock of the last picture."""

    locked: float = 0
    alarm: float = 0
    grown: float = 0
    sheets: float = 1  # whether the record is still there
    ticked: float = 0
    gaze: Gaze = STRAIGHT
    shaken: float = 0


def draw(stage: Stage, t: float) -> None:
    """The frame at `t`, without its words."""
    if t < 14.8:
        _open(stage, t)
    elif t < 30.6:
        _locked(stage, t)
    else:
        _closing(stage, t)
    shut = 1 - ramp(t, 0.0, 1.1) + ramp(t, 14.0, 14.7, leave) * (1 - ramp(t, 15.2, 16.2))
    lids(stage, min(1.0, shut))
    rewind(stage, between(t, 14.5, 15.5, 0.3))


# The first time -------------------------------------------------------------------------------


def _open(stage: Stage, t: float) -> None:
    """The call, the empty chair, the record that goes."""
    with _nearer(stage, ramp(t, 6.3, 8.6)):
        _floor(stage)
        _call(stage, t, 3.7)
        lost = ramp(t, 12.3, 12.5)
        screen(stage, Screen(alarm=ramp(t, 10.2, 11.4), sheets=1 - lost))
        _agent_at(stage, t, leaves=4.9)
        _theft(stage, t)


def _theft(stage: Stage, t: float) -> None:
    x = track(t, (7.6, -240), (9.6, 250), (13.2, 250), (14.2, 200))
    gulps = sum(bump(t, at + 0.95, 0.34) for at in (10.7, 11.5, 12.3))
    gaze = Gaze(
        upper=blinking(t, 10.3, open_to=track(t, (9.9, 1.0), (10.6, 0.62))),
        lower=track(t, (9.9, 1.0), (10.6, 0.8)),
        x=track(t, (9.5, 0.4), (9.8, -1.0), (10.1, -1.0), (10.5, 1.0)),
    )
    grown = STRANGER * (1 + 0.07 * sum(ramp(t, at + 0.9, at + 1.1) for at in (10.7, 11.5, 12.3)))
    for start in (12.3, 11.5, 10.7):
        _sheet(stage, t, start)
    roll = 10 * (1 - ramp(t, 8.6, 9.8)) if t < 9.8 else 0
    stranger(stage, x, FLOOR - grown, grown, gaze, squash=0.07 * gulps, lean=roll)


def _sheet(stage: Stage, t: float, start: float) -> None:
    """A page of the record, from the screen into the stranger."""
    way = ramp(t, start, start + 1.05)
    if 0 < way < 1:
        x, y = mix(SCREEN[0], 250, way), mix(SCREEN[1], FLOOR - 160, way)
        record(stage, x, y - 190 * 4 * way * (1 - way) * 0.6, mix(1, 0.16, way**1.6), -38 * way)


# The second time ------------------------------------------------------------------------------


def _locked(stage: Stage, t: float) -> None:
    """Two keys, and the same visitor finds nothing."""
    with _nearer(stage, ramp(t, 20.9, 22.4) - ramp(t, 24.9, 26.2), by=0.02):
        _second_visit(stage, t)
    _keys(stage, t)


def _second_visit(stage: Stage, t: float) -> None:
    _floor(stage)
    _call(stage, t, 16.5)
    locked = ramp(t, 18.7, 19.9) - ramp(t, 27.2, 28.2) + ramp(t, 29.9, 30.6)
    gaze = Gaze(
        upper=blinking(t, 20.6, open_to=track(t, (22.3, 1.0), (22.8, 1.0))),
        x=track(t, (20.9, 0.0), (21.5, -1.0), (24.6, -1.0), (25.4, 0.0), (25.8, 0.9), (27, 0.9)),
    )
    screen(
        stage,
        Screen(
            locked=locked,
            ticked=ramp(t, 28.3, 29.0) if t < 29.9 else 0,
            gaze=gaze,
            shaken=ring(t, 22.75, speed=34),
        ),
    )
    _agent_at(stage, t, leaves=20.0, returns=25.6)
    if 20.9 < t < 25.4:
        _visit(stage, t)


def _visit(stage: Stage, t: float) -> None:
    x = track(t, (21.0, -240), (22.75, 366), easing=smooth) if t < 22.75 else 0
    if t >= 22.75:
        x = track(t, (22.75, 366), (23.15, 318), (23.9, 318), (25.2, -260), easing=smooth)
    gaze = Gaze(
        upper=blinking(t, 22.8, 23.3, open_to=track(t, (22.8, 0.75), (23.0, 1.0), (23.6, 0.7))),
        lower=1.0,
        x=track(t, (23.4, 1.0), (23.8, -1.0)),
        y=track(t, (23.0, 0.0), (23.5, 1.0)),
    )
    squash = -0.13 * bump(t, 22.8, 0.3) + 0.05 * ring(t, 22.9, speed=22, damping=5)
    stranger(stage, x, FLOOR - STRANGER, STRANGER, gaze, squash=squash)


def _keys(stage: Stage, t: float) -> None:
    shown = ramp(t, 16.9, 17.5, overshoot) - ramp(t, 19.9, 20.4)
    if shown <= 0:
        return
    y = mix(1240, 872, shown)
    held = ramp(t, 17.8, 17.95) - ramp(t, 19.0, 19.2)
    stage.slab(516, y - 96, 720, 214, NIGHT, 46)
    keycap(stage, 744, y, 372, "Windows", held)
    stage.text(986, y + 4, "+", 84, WHITE, anchor="mm")
    keycap(stage, 1120, y, 150, "L", ramp(t, 18.4, 18.55) - ramp(t, 19.0, 19.2))


# The last picture -----------------------------------------------------------------------------


def _closing(stage: Stage, t: float) -> None:
    grown = ramp(t, 30.9, 32.4)
    _floor(stage, grown)
    gaze = Gaze(upper=blinking(t, 32.9, 36.8), x=track(t, (30.6, 0.9), (31.4, 0.0)))
    screen(stage, Screen(locked=1, grown=grown, gaze=gaze))
    if t < 32.2:
        _agent_at(stage, t, leaves=30.4)


# Parts ----------------------------------------------------------------------------------------


def _nearer(stage: Stage, x: float, by: float = 0.2) -> AbstractContextManager[None]:
    """The camera goes to the screen and who is at its left."""
    return stage.turned(715, FLOOR, scale=1 + by * x, by=(245 * x, 0))


def _floor(stage: Stage, gone: float = 0) -> None:
    stage.slab(-400, FLOOR, 2800 * (1 - gone), 10, DUSK)


def _agent_at(stage: Stage, t: float, *, leaves: float, returns: float | None = None) -> None:
    """At the desk, away from `leaves` on, back from `returns` on."""
    x = mix(DESK, DOOR, ramp(t, leaves, leaves + 1.7, leave_softly))
    facing, stride = (-1.0, 0.0) if t < leaves - 0.25 else (1.0, between(t, leaves, leaves + 1.7))
    if returns is not None and t > returns:
        x = mix(DOOR, DESK, ramp(t, returns, returns + 1.5))
        facing, stride = -1.0, between(t, returns, returns + 1.5)
        if t > 30.2:
            facing = 1.0
    reach = _reach(t)
    typed = 9 * math.sin(11 * t) * (between(t, 1.2, 3.6) + between(t, 15.6, 16.5))
    hand = (mix(x - 120, x - 270, reach), mix(FLOOR - 200, FLOOR - 250 + typed, reach))
    agent(stage, x, FLOOR, stride=stride, at=t, facing=facing, hand=hand if reach > 0.02 else None)


def leave_softly(x: float) -> float:
    return smooth(x) * 0.4 + leave(x) * 0.6


def _reach(t: float) -> float:
    """The hand towards the desk: it types, presses the keys, unlocks, locks."""
    return (
        between(t, -1, 3.9)
        + between(t, 15.0, 16.6)
        + between(t, 17.3, 19.4)
        + between(t, 26.9, 28.2)
        + between(t, 29.4, 30.3, 0.3)
    )


def _call(stage: Stage, t: float, start: float) -> None:
    """A patient rings: two waves from the lamp on the wall, slow and small."""
    x, y = 1800.0, 330.0
    lit = between(t, start, start + 3.0)
    for i in range(2):
        wave = ramp(t, start + 0.1 + 1.1 * i, start + 1.5 + 1.1 * i, arrive)
        if 0 < wave < 1:
            r = 60 + 110 * wave
            ink = blend(SIGNAL, NIGHT, wave)
            for way in (180, 0):
                stage.line(arc(x, y, r, way - 42, way + 42), 14, ink)
    stage.disc(x, y, 46, blend(DUSK, SIGNAL, lit))
    stage.disc(x, y, 20, blend(HAZE, WHITE, lit))


def screen(stage: Stage, s: Screen) -> None:
    """The workstation; locked, its frame is the body of a padlock."""
    x, y = mix(SCREEN[0], 1500, s.grown), mix(SCREEN[1], 664, s.grown)
    w, h = mix(820, 1180, s.grown), mix(500, 690, s.grown)
    shut = ramp(s.locked, 0.0, 0.45)
    frame = blend(blend(WHITE, CORAL, s.alarm), SIGNAL, ramp(s.locked, 0.0, 0.25))
    with stage.turned(x, y + h, angle=0.9 * s.shaken, by=(9 * s.shaken, 0)):
        if s.grown < 1:
            foot = blend(blend(WHITE, CORAL, s.alarm), NIGHT, ramp(s.grown, 0, 0.4))
            stage.slab(x - 46, y + h / 2 - 10, 92, max(0, FLOOR - y - h / 2), foot)
            stage.slab(x - 160, FLOOR - 26, 320, 26, foot, 13)
        _shackle(stage, s, x, y - h / 2, w)
        stage.slab(x - w / 2, y - h / 2, w, h, frame, mix(44, 112, s.grown))
        if shut < 1:
            _display(stage, s, x, y, w, h, shut)
        opened = ramp(s.locked, 0.5, 1.0)
        if opened > 0:
            gaze = Gaze(s.gaze.upper * opened, opened, s.gaze.x, s.gaze.y)
            a = mix(206, 352, s.grown)
            eye(stage, x - 54 * s.grown, y, a, gaze, pupil=NIGHT, lock=SIGNAL)


def _shackle(stage: Stage, s: Screen, x: float, top: float, w: float) -> None:
    """It rises from the body, and locks with a drop."""
    up = ramp(s.locked, 0.2, 0.95, overshoot)
    if up > 0:
        high = mix(184, 470, s.grown) * up
        shackle(stage, x, top + 40, mix(410, 700, s.grown), high, mix(74, 136, s.grown))


def _display(stage: Stage, s: Screen, x: float, y: float, w: float, h: float, shut: float) -> None:
    """What the screen shows, seen through lids that shut."""
    if shut <= 0:
        _content(stage, s, x, y, w, h)
        return
    lid = almond(x, y, mix(900, w / 2 - 40, ramp(shut, 0, 0.6)), 1 - shut, 1 - shut)
    with stage.clipped(lid):
        _content(stage, s, x, y, w, h)


def _content(stage: Stage, s: Screen, x: float, y: float, w: float, h: float) -> None:
    stage.slab(x - w / 2 + 26, y - h / 2 + 26, w - 52, h - 52, DUSK, 20)
    if s.sheets > 0.5:
        record(stage, x, y + 4, 1.16)
    if s.ticked > 0:
        stage.disc(x + 168, y + 118, 78 * overshoot(s.ticked), MINT)
        tick(stage, x + 168, y + 118, 76, NIGHT, ramp(s.ticked, 0.3, 1))


FILM = Film(
    slug="je-verrouille-je-pars-la-video",
    seconds=40.0,
    poster_at=39.5,
    words=WORDS,
    sights=SIGHTS,
    draw=draw,
    closing=32.6,
)

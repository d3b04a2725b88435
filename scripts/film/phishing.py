"""«Un doute ? J'appelle avant de cliquer.»: the same message twice, clicked and checked."""

from __future__ import annotations

from starter.typography import french

from .actors import (
    Gaze,
    access_key,
    agent,
    blinking,
    bubble,
    envelope,
    eye,
    hook,
    lids,
    pointer,
    rewind,
    tick,
)
from .stage import CORAL, DUSK, HAZE, MINT, NIGHT, SIGNAL, WHITE, Stage, almond, blend
from .story import DRAWN, GESTURE, HEADLINE, HELP, Film, Sight, Words
from .timing import between, bump, leave, mix, overshoot, ramp, ring, smooth, track

FLOOR = 940.0
TITLE = "Votre boîte ferme ce soir !"
BUTTON = "Je me connecte"
REPORT = "Je signale"
BAIT = 5  # its place among the messages
LETTER = (560.0, 280.0, 1000.0, 590.0)  # left, top, width, height
BUTTON_AT = (650.0, 700.0, 460.0, 108.0)

WORDS = (
    Words(1.0, 4.2, ("8 h 15, huit nouveaux messages.",)),
    Words(4.6, 7.0, ("L'un d'eux est pressant.",)),
    Words(7.0, 9.8, (f"« {TITLE} »",), DRAWN),
    Words(10.7, 13.3, ("Et si c'était un hameçon ?",), ink=NIGHT),
    Words(13.6, 16.6, ("Un clic, et mon accès s'en va.",), ink=NIGHT),
    Words(17.0, 18.8, ("On reprend.",)),
    Words(19.2, 22.4, ("Un doute ? Je ne clique pas.",)),
    Words(22.8, 26.4, ("J'appelle, avec un numéro connu.",)),
    Words(26.8, 30.0, ("« Non, ça ne vient pas de nous. »",)),
    Words(30.6, 34.2, ("Je le signale, pour les autres.",)),
    Words(
        36.0, 45.0, ("Un doute ?", "J'appelle avant", "de cliquer."), HEADLINE, NIGHT, (112, 400)
    ),
    Words(
        38.2,
        45.0,
        ("Je vérifie par téléphone, avec", "un numéro que je connais déjà."),
        GESTURE,
        NIGHT,
        (116, 790),
    ),
    Words(41.7, 45.0, ("Puis je signale le message", "au support informatique."), HELP, NIGHT),
)
SIGHTS = (
    Sight(0.0, 4.4, "Le matin. Huit enveloppes blanches arrivent l'une après l'autre."),
    Sight(
        4.4,
        7.0,
        "L'une tremble. Les autres tombent hors du cadre ; elle s'ouvre et devient une lettre.",
    ),
    Sight(
        7.0,
        10.0,
        f"Un gros bouton corail, « {BUTTON} », occupe la lettre. La flèche de la souris s'en "
        "approche. À côté, une clé jaune dont l'anneau est un œil : mon accès.",
    ),
    Sight(
        10.0,
        13.4,
        "Le fond devient corail et fait voir ce qui était caché : un grand hameçon tient la "
        "lettre.",
    ),
    Sight(
        13.4,
        16.6,
        "La flèche clique. La clé est aspirée par la lettre, et l'hameçon emporte tout vers le "
        "haut.",
    ),
    Sight(16.6, 19.0, "Deux paupières se ferment sur l'image, puis se rouvrent sur la lettre."),
    Sight(
        19.0, 22.4, "La flèche s'arrête devant le bouton, puis s'éloigne. La clé cligne de l'œil."
    ),
    Sight(
        22.4,
        26.6,
        "Une secrétaire, silhouette jaune, appelle une collègue, silhouette verte. Entre elles "
        "passe la lettre, avec une question.",
    ),
    Sight(26.6, 30.2, "La collègue répond : la lettre est barrée d'une croix."),
    Sight(
        30.2,
        34.4,
        f"Les huit enveloppes reviennent. Un bouton vert, « {REPORT} », est pressé : la mauvaise "
        "tombe, les sept autres reçoivent chacune une coche verte.",
    ),
    Sight(
        34.4,
        36.0,
        "Le fond devient corail. Une grande enveloppe descend, prise à un hameçon, un œil au "
        "milieu.",
    ),
    Sight(
        36.0,
        45.0,
        "L'œil s'ouvre et regarde devant lui. Le message s'affiche à gauche, sous le nom de la "
        "campagne, Tous cyber vigilant.",
    ),
)


def draw(stage: Stage, t: float) -> None:
    """The frame at `t`, without its words."""
    if t < 6.2:
        _mailbox(stage, t)
    elif t < 16.9:
        _clicked(stage, t)
    elif t < 22.9:
        _doubted(stage, t)
    elif t < 30.5:
        _called(stage, t)
    else:
        _reported(stage, t)
    shut = 1 - ramp(t, 0.0, 1.1) + ramp(t, 16.3, 16.9, leave) * (1 - ramp(t, 17.7, 18.7))
    lids(stage, min(1.0, shut))
    rewind(stage, between(t, 16.9, 18.0, 0.3))


# Eight messages -------------------------------------------------------------------------------


def _place(i: int) -> tuple[float, float]:
    return 345 + 410 * (i % 4), 420 + 330 * (i // 4)


def _mailbox(stage: Stage, t: float) -> None:
    for i in range(8):
        if i != BAIT:
            x, y = _place(i)
            fall = ramp(t, 5.1 + 0.05 * i, 5.8 + 0.05 * i, leave)
            _mail(stage, x, y + 1000 * fall, _arrived(t, i))
    x, y = _place(BAIT)
    forward = ramp(t, 5.4, 6.2)
    shaking = 3.2 * ring(t, 4.5, speed=26, damping=3.2)
    left, top, width, height = LETTER
    x, y = mix(x, left + width / 2, forward), mix(y, top + height / 2, forward)
    _mail(
        stage, x, y, _arrived(t, BAIT) * mix(1, width / 330, forward), angle=shaking, bait=t > 4.4
    )


def _arrived(t: float, i: int) -> float:
    start = 0.9 + 0.2 * i
    return ramp(t, start, start + 0.45, overshoot)


def _mail(
    stage: Stage, x: float, y: float, scale: float, *, angle: float = 0, bait: bool = False
) -> None:
    if scale > 0.02:
        with stage.turned(x, y, angle=angle, scale=scale):
            envelope(stage, x, y, 330)
            if bait:
                stage.disc(x + 150, y - 96, 40, CORAL)
                stage.slab(x + 143, y - 119, 14, 28, NIGHT, 6)
                stage.disc(x + 150, y - 78, 7.5, NIGHT)


# The message, clicked -------------------------------------------------------------------------


def _clicked(stage: Stage, t: float) -> None:
    revealed = ramp(t, 10.0, 11.0)
    stage.ground = blend(NIGHT, CORAL, revealed)
    pulled = 1300 * ramp(t, 14.5, 15.5, leave)
    tug = ring(t, 11.0, speed=16, damping=3)
    _key(stage, t, pulled, blend(SIGNAL, NIGHT, revealed))
    with stage.turned(1060, 280, angle=1.4 * tug, by=(0, -pulled)):
        _letter(stage, unfolded=ramp(t, 6.2, 7.0), pressed=between(t, 13.3, 13.9, 0.1))
    hook(stage, 1654, mix(1140, 968, ramp(t, 10.4, 11.1, overshoot)) + 14 * tug - pulled, NIGHT)
    x = track(t, (7.6, 1960), (9.6, 1010), (11.0, 1010), (11.6, 1030), (12.8, 960))
    y = track(t, (7.6, 1100), (9.6, 812), (11.0, 812), (11.6, 826), (12.8, 752))
    pointer(stage, x, y, 1.25 - 0.2 * bump(t, 13.4, 0.3))


def _key(stage: Stage, t: float, pulled: float, colour: tuple[int, int, int]) -> None:
    shown = ramp(t, 7.2, 7.9, overshoot)
    drawn_in = ramp(t, 13.7, 14.5, leave)
    gaze = Gaze(upper=blinking(t, 8.6, 11.2), x=track(t, (8.2, 0), (9.2, 1)), y=0.4)
    x, y = mix(300, 980, drawn_in), mix(1500, 470, shown) + 150 * drawn_in - pulled
    with stage.turned(x, y + 200, angle=14 * drawn_in):
        access_key(stage, x, y, colour, stage.ground, gaze)


def _letter(stage: Stage, *, unfolded: float = 1, pressed: float = 0) -> None:
    """The message; before it is unfolded it is still the closed envelope."""
    left, top, width, height = LETTER
    stage.slab(left, top, width, height, WHITE, 44)
    if unfolded < 1:
        tip = mix(0.33, 0.0, unfolded) * width
        fold = [
            (left + 46, top + 50),
            (left + width / 2, top + 30 + tip),
            (left + width - 46, top + 50),
        ]
        stage.line(fold, 34 * (1 - unfolded), NIGHT)
    if unfolded <= 0.5:
        return
    grown = ramp(unfolded, 0.5, 1)
    stage.disc(left + 124, top + 112, 50 * grown, CORAL)
    stage.slab(left + 206, top + 76, 330 * grown, 24, NIGHT, 12)
    stage.slab(left + 206, top + 122, 210 * grown, 24, HAZE, 12)
    stage.text(left + 90, top + 270, french(TITLE), 64, NIGHT, opacity=grown)
    stage.slab(left + 90, top + 318, 760 * grown, 22, HAZE, 11)
    stage.slab(left + 90, top + 362, 560 * grown, 22, HAZE, 11)
    x, y, w, h = BUTTON_AT
    with stage.turned(x + w / 2, y + h / 2, scale=grown * (1 - 0.05 * pressed)):
        stage.slab(x, y, w, h, CORAL, 30)
        stage.text(x + w / 2, y + h / 2, french(BUTTON), 50, NIGHT, anchor="mm")


# The message, doubted -------------------------------------------------------------------------


def _doubted(stage: Stage, t: float) -> None:
    away = ramp(t, 22.2, 22.9, leave)
    gaze = Gaze(upper=blinking(t, 20.4, 21.6), x=track(t, (20.6, 1), (21.2, 0)), y=0.3)
    with stage.turned(960, 600, scale=1 - away):
        access_key(stage, 300, 470, SIGNAL, NIGHT, gaze)
        _letter(stage)
    x = track(t, (18.6, 1010), (19.8, 1010), (21.4, 1700), (22.2, 2100))
    y = track(t, (18.6, 812), (19.8, 812), (21.4, 930), (22.2, 1150))
    pointer(stage, x, y, 1.25)


# The call -------------------------------------------------------------------------------------


def _called(stage: Stage, t: float) -> None:
    left = ramp(t, 22.7, 23.5) - ramp(t, 29.8, 30.5)
    right = ramp(t, 23.1, 23.9) - ramp(t, 29.8, 30.5)
    stage.slab(-400, FLOOR, 2800, 10, DUSK)
    x, y = mix(-300, 300, left), mix(2220, 1620, right)
    nod = 6 * ring(t, 26.9, speed=14, damping=2.5)
    agent(stage, x, FLOOR, facing=1, colour=SIGNAL, phone=True)
    agent(stage, y, FLOOR + nod, facing=-1, colour=MINT, phone=True)
    _wire(stage, t)
    _asked(stage, t)
    _answered(stage, t)


def _wire(stage: Stage, t: float) -> None:
    """The voice, to and fro between the two."""
    talks = between(t, 24.0, 29.8)
    forth = t < 26.6
    for i in range(9):
        x = 560 + 100 * i
        phase = (t * 1.1 - (i if forth else 8 - i) * 0.11) % 1
        size = talks * (7 + 9 * smooth(1 - abs(2 * phase - 1)))
        stage.disc(x, 800, size, SIGNAL if forth else MINT)


def _asked(stage: Stage, t: float) -> None:
    grown = ramp(t, 24.2, 24.7, overshoot) - ramp(t, 26.5, 26.8)
    if grown > 0.02:
        with stage.turned(600, 640, scale=grown):
            bubble(stage, 560, 270, 620, 330, SIGNAL)
            envelope(stage, 790, 435, 260)
            stage.text(1010, 440, "?", 210, NIGHT, anchor="mm")


def _answered(stage: Stage, t: float) -> None:
    grown = ramp(t, 26.8, 27.3, overshoot) - ramp(t, 29.8, 30.2)
    if grown > 0.02:
        with stage.turned(1320, 640, scale=grown):
            bubble(stage, 740, 270, 620, 330, MINT, tail=1)
            envelope(stage, 1050, 435, 300)
            struck = ramp(t, 27.5, 27.8)
            second = ramp(t, 27.8, 28.1)
            for way, part in ((1, struck), (-1, second)):
                if part > 0:
                    a, b = (940, 435 - 105 * way), (1160, 435 + 105 * way)
                    end = (mix(a[0], b[0], part), mix(a[1], b[1], part))
                    stage.line([a, end], 62, MINT)
                    stage.line([a, end], 36, NIGHT)


# The report, and the last picture -------------------------------------------------------------


def _reported(stage: Stage, t: float) -> None:
    coral = ramp(t, 34.5, 35.4)
    stage.ground = blend(NIGHT, CORAL, coral)
    for i in range(8):
        start = 30.5 + 0.07 * i
        x, y = _place(i)
        y += 1000 * ramp(t, 34.1 + 0.03 * i, 34.8 + 0.03 * i, leave)
        scale = ramp(t, start, start + 0.45, overshoot)
        if i == BAIT:
            _dropped(stage, t, x, y, scale)
        else:
            _mail(stage, x, y, scale)
            _approved(stage, t, x, y, i)
    _report_button(stage, t)
    if t > 34.6:
        _closing(stage, t)


def _report_button(stage: Stage, t: float) -> None:
    x, y = _place(BAIT)
    grown = ramp(t, 30.9, 31.3, overshoot) - ramp(t, 32.2, 32.5)
    if grown > 0.02:
        with stage.turned(x, y + 172, scale=grown * (1 - 0.12 * bump(t, 31.9, 0.3))):
            stage.slab(x - 180, y + 122, 360, 100, MINT, 50)
            stage.text(x, y + 172, french(REPORT), 54, NIGHT, anchor="mm")
    way = ramp(t, 30.9, 31.7)
    if way > 0 and t < 33.4:
        away = ramp(t, 32.4, 33.2, leave)
        arrow = (mix(1500, x + 90, way) + 300 * away, mix(1200, y + 186, way) + 300 * away)
        pointer(stage, *arrow, 1.25 - 0.2 * bump(t, 31.9, 0.3))


def _dropped(stage: Stage, t: float, x: float, y: float, scale: float) -> None:
    fall = ramp(t, 31.95, 32.7, leave)
    shaking = 4 * ring(t, 31.92, speed=30, damping=4)
    _mail(stage, x, y + 900 * fall, scale, angle=shaking - 40 * fall, bait=True)


def _approved(stage: Stage, t: float, x: float, y: float, i: int) -> None:
    start = 32.5 + 0.12 * (i if i < BAIT else i - 1)
    grown = ramp(t, start, start + 0.4, overshoot)
    stage.disc(x + 132, y + 82, 54 * max(0.0, grown), MINT)
    tick(stage, x + 132, y + 82, 52, NIGHT, ramp(t, start + 0.2, start + 0.6))


def _closing(stage: Stage, t: float) -> None:
    """The poster: the mail that is a bait, seen through."""
    drop = -1300 * (1 - ramp(t, 34.8, 36.0, overshoot_softly))
    opened = ramp(t, 36.1, 36.7)
    gaze = Gaze(
        upper=blinking(t, 38.6, 41.4, open_to=opened),
        lower=opened,
        x=track(t, (36.8, 0), (37.3, -1), (38.4, -1), (38.9, 0)),
    )
    swing = 1.6 * ring(t, 35.9, speed=5, damping=1.1)
    with stage.turned(1760, -200, angle=swing, by=(0, drop)):
        with stage.turned(1480, 560, angle=-7):
            envelope(stage, 1540, 520, 1080)
            _bait_eye(stage, gaze)
        hook(stage, 1828, 1042, NIGHT, 1.25)


def _bait_eye(stage: Stage, gaze: Gaze) -> None:
    if max(gaze.upper, gaze.lower) < 0.06:  # asleep: one dark line
        eye(stage, 1540, 546, 290, Gaze(0, 0), white=NIGHT)
        return
    stage.fill(almond(1540, 546, 300, gaze.upper + 0.06, gaze.lower + 0.06), NIGHT)
    eye(stage, 1540, 546, 254, gaze, iris=CORAL, pupil=NIGHT)


def overshoot_softly(x: float) -> float:
    return overshoot(x, 0.7)


FILM = Film(
    slug="j-appelle-avant-de-cliquer-la-video",
    seconds=45.0,
    poster_at=44.5,
    words=WORDS,
    sights=SIGHTS,
    draw=draw,
    closing=36.4,
    closing_inks=(NIGHT, CORAL),
)

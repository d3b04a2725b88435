"""Take every main page, at desktop and phone width, as those who use it.

    .venv/bin/python scripts/screenshots.py [part of a page's name]

Serves the development database (`make run` fills it) on a free port for the time it takes.
Pictures go to `screenshots/`, which git ignores; the three of the README to `docs/images/`, small.
A page that answers an error fails the run, after the others were taken.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402

from scripts import prepare  # noqa: E402
from scripts.browser import chromium_path  # noqa: E402
from scripts.serve import PASSWORD, stop  # noqa: E402

FOLDER = ROOT / "screenshots"
README_IMAGES = ROOT / "docs" / "images"
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
README_WIDTH = 960  # pixels
README_BYTES = 80_000


@dataclass(frozen=True)
class Shot:
    """A page by its address, or by the link to follow from there; None is a visitor."""

    name: str
    path: str
    account: str | None = None
    follow: str | None = None  # CSS selector of a link to click on the page
    readme: bool = False


AGENT, MANAGER, CISO = "agent@demo.test", "cadre@demo.test", "rssi@demo.test"
REGION, NATION, EDITOR = "ars@demo.test", "national@demo.test", "redaction@demo.test"
COMMUNICATION, ADMIN = "communication@demo.test", "admin@demo.test"
NEWCOMER, REGIONAL_EDITOR = "referente@demo.test", "redaction-regionale@demo.test"
ORGANISER = "rencontres@demo.test"
FIRST_CARD = "main .tcv-card__title a"

SHOTS = (
    Shot("accueil", "/", readme=True),
    Shot("modules", "/modules/"),
    Shot("module", "/modules/", follow=FIRST_CARD),
    Shot("module-agent", "/modules/", AGENT, follow=FIRST_CARD, readme=True),
    Shot("ressources", "/ressources/"),
    Shot("ressources-filtrees", "/ressources/?format=affiche&theme=cle-usb"),
    Shot("ressource", "/ressources/", follow=FIRST_CARD),
    Shot("ressources-communication", "/ressources/", COMMUNICATION),
    Shot("atelier", "/atelier/", COMMUNICATION),
    Shot("carte-de-marque", "/marque/", COMMUNICATION),
    Shot(
        "atelier-affiche",
        "/ressources/je-verrouille-je-pars/",
        COMMUNICATION,
        follow="a[href^='/atelier/']",
    ),
    Shot("portee-communication", "/portee/", COMMUNICATION),
    Shot("portee-redaction", "/portee/", EDITOR),
    Shot("kit", "/ressources/kit-de-lancement/"),
    Shot("kit-communication", "/ressources/kit-de-lancement/", COMMUNICATION),
    Shot(
        "kit-a-notre-nom",
        "/atelier/",
        COMMUNICATION,
        follow="a[href^='/atelier/kits/']",
    ),
    Shot("rencontres", "/rencontres/"),
    Shot("rencontres-a-tenir", "/agenda/organisation/", ORGANISER),
    Shot("rencontre-a-tenir", "/agenda/organisation/", ORGANISER, follow="main .tcv-rows a"),
    Shot("rencontre", "/rencontres/", follow="main .tcv-meeting__title a"),
    Shot("rencontres-bretagne", "/rencontres/?region=53"),
    Shot("rencontres-abonnements", "/agenda/abonnements/?region=04", AGENT),
    Shot("recherche", "/recherche/?q=hameconnage"),
    Shot("signaler-un-incident", "/signaler-un-incident/", AGENT),
    Shot("mon-espace", "/mon-espace/", AGENT),
    Shot("second-facteur", "/accounts/2fa/", AGENT),
    Shot("sessions", "/accounts/sessions/", AGENT),
    Shot(
        "lecon",
        "/modules/reconnaitre-un-courriel-d-hameconnage/",
        AGENT,
        follow="main .tcv-path a",
    ),
    Shot("attestation-verifier", "/attestations/verifier/?code=7KQ2-M9XW-4TBD"),
    Shot("couverture-cadre", "/couverture/", MANAGER),
    Shot("couverture-rssi", "/couverture/", CISO, readme=True),
    Shot("couverture-ars", "/couverture/", REGION),
    Shot("couverture-national", "/couverture/", NATION),
    Shot("observatoire-national", "/couverture/observatoire/", NATION),
    Shot("observatoire-ars", "/couverture/observatoire/?filiere=soignante", REGION),
    Shot("observatoire-rssi", "/couverture/", CISO, follow="main a[href$='/observatoire/']"),
    Shot("tendance-national", "/couverture/france/tendance/?filiere=soignante", NATION),
    Shot("bilan-rssi", "/couverture/", CISO, follow="main a[href$='/bilan/']"),
    Shot("bilan-ars", "/couverture/region/53/bilan/", REGION),
    Shot("bilan-national", "/couverture/france/bilan/", NATION),
    Shot("preuve-ars", "/couverture/region/53/preuve/", REGION),
    Shot("participation-rssi", "/couverture/", CISO, follow="main a[href$='/rencontres/']"),
    Shot("participation-national", "/couverture/france/rencontres/", NATION),
    Shot("calendrier-admin", "/admin/rencontres/calendrier/", REGIONAL_EDITOR),
    Shot("attestations-rssi", "/couverture/", CISO, follow="main a[href$='/attestations/']"),
    Shot("objectifs-rssi", "/couverture/", CISO, follow="main a[href$='/fixer/']"),
    Shot("couverture-programmes", "/couverture/programmes/", CISO),
    Shot("couverture-cles", "/couverture/programmes/cles/", CISO),
    Shot("couverture-refusee", "/couverture/", AGENT),
    Shot("former-mon-equipe", "/formation/", CISO),
    Shot("former-mon-equipe-cadre", "/formation/", MANAGER),
    Shot("formation-seance", "/formation/", MANAGER, follow="main .tcv-rows a"),
    Shot("formation-nouvelle-seance", "/formation/", MANAGER, follow="a[href$='/seance/']"),
    Shot("formation-obligations", "/formation/", CISO, follow="a[href$='/obligations/']"),
    Shot("formation-import", "/formation/", CISO, follow="a[href$='/passees/']"),
    Shot("formation-code", "/equipe/", AGENT),
    Shot("codes-cadre", "/codes/", MANAGER),
    Shot("codes-rssi", "/codes/", CISO),
    Shot("droits", "/droits/", CISO),
    Shot("droits-demander", "/droits/demander/", AGENT),
    Shot("droits-demande", "/droits/", NEWCOMER, follow="main .tcv-rows a"),
    Shot("habilitations-ars", "/habilitations/", REGION),
    Shot("habilitations-demande", "/habilitations/demandes/", REGION, follow="main .tcv-rows a"),
    Shot("habilitations-rssi", "/habilitations/", CISO, follow="main .tcv-rows a"),
    Shot("connexion", "/accounts/login/"),
    Shot("connexion-code", "/accounts/login/code/"),
    Shot("connexion-code-imprime", "/connexion/code/"),
    Shot("mot-de-passe-oublie", "/accounts/password/reset/"),
    Shot("page-introuvable", "/cette-page-n-existe-pas/"),
    Shot("admin", "/admin/", EDITOR),
    Shot("admin-pages", "/admin/pages/", EDITOR),
    Shot("admin-questions", "/admin/quiz/analyse/", EDITOR),
    Shot("admin-sans-connexion", "/admin/formations/sans-connexion/", EDITOR),
    Shot("admin-ressources-envoi", "/admin/ressources/envoi/", EDITOR),
    Shot("admin-ressources-suivi", "/admin/ressources/suivi/", EDITOR),
    Shot("admin-journal", "/admin/journal/", ADMIN),
    Shot("admin-envois", "/admin/envois/suivi/", ADMIN),
    Shot("admin-listes", "/admin/listes-du-personnel/", ADMIN),
    Shot("admin-liste-nouvelle", "/admin/listes-du-personnel/nouvelle/", ADMIN),
)
EXPECTED_ERRORS = {"couverture-refusee": 403, "page-introuvable": 404}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server() -> Iterator[str]:
    port = int(os.environ.get("SCREENSHOT_PORT") or free_port())
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "runserver", address, "--noreload", "--verbosity=0"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        for _turn in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://{address}"
    finally:
        stop([process])


def signed_in(browser: Browser, site: str, account: str | None) -> BrowserContext:
    """A session of `account`, through the sign-in form."""
    context = browser.new_context(base_url=site, locale="fr-FR", reduced_motion="reduce")
    if account:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("input[name=login]", account)
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_load_state()
        if "/accounts/login" in page.url:
            raise RuntimeError(f"{account} could not sign in: is the sample data loaded?")
        page.close()
    return context


def visit(page: Page, shot: Shot) -> str | None:
    """Go to the page; what is wrong with it, if anything."""
    response = page.goto(shot.path)
    if shot.follow:
        link = page.locator(shot.follow).first
        if not link.count():
            return "no link to follow"
        response = page.goto(link.get_attribute("href") or "")
    page.wait_for_load_state("networkidle")
    status = response.status if response else 0
    expected = EXPECTED_ERRORS.get(shot.name, 200)
    return None if status == expected else f"answered {status}"


def readme_image(png: bytes, name: str) -> None:
    """The README's copy: smaller, and as WebP of the best quality that stays under the limit."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    height = round(picture.height * README_WIDTH / picture.width)
    picture = picture.resize((README_WIDTH, height), Image.Resampling.LANCZOS)
    for quality in range(85, 20, -10):
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() < README_BYTES:
            break
    README_IMAGES.mkdir(parents=True, exist_ok=True)
    (README_IMAGES / f"{name}.webp").write_bytes(out.getvalue())


def take(context: BrowserContext, shot: Shot) -> list[str]:
    problems = []
    for label, (width, height) in WIDTHS.items():
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        problem = visit(page, shot)
        if problem:
            problems.append(f"{shot.name} ({label}): {problem}")
        page.screenshot(path=FOLDER / f"{shot.name}-{label}.png", full_page=True)
        if shot.readme and label == "desktop" and not problem:
            readme_image(page.screenshot(), shot.name)
        page.close()
    return problems


def main(wanted: str = "") -> int:
    prepare.prepare()
    FOLDER.mkdir(exist_ok=True)
    shots = [shot for shot in SHOTS if wanted in shot.name]
    problems: list[str] = []
    with server() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for account in dict.fromkeys(shot.account for shot in shots):
            context = signed_in(browser, site, account)
            for shot in (shot for shot in shots if shot.account == account):
                print(f"• {shot.name}", flush=True)
                problems += take(context, shot)
            context.close()
        browser.close()
    print(f"{len(shots) * len(WIDTHS)} pictures in {FOLDER.relative_to(ROOT)}/")
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

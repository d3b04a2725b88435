"""Works to draw: every design with words for its fields, for three establishments."""

from __future__ import annotations

from campaign_assets.designs import Brand, Design, Field, QrTarget, Work, designs_all

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
    b'<rect width="60" height="40" rx="6" fill="#0a5"/></svg>'
)
LONG_NAME = (
    "Groupement hospitalier intercommunal universitaire de Châlons-en-Champagne, "
    "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson et de la Haute-Vallée"
)
BRANDS: dict[str, Brand] = {
    "short": Brand("CH de Sens", LOGO, "svg", hotline="03 86 00 00 00", accent="#7a1e5c"),
    "long": Brand(
        LONG_NAME,
        LOGO,
        "svg",
        intranet="intranet.ghiu-chalons.example/securite",
        hotline="03 26 00 00 00",
        security_contact="rssi@ghiu-chalons.example",
    ),
    "no-logo": Brand("Clinique des Tilleuls", hotline="01 00 00 00 00"),
}
ADDRESS = "https://formation.tous-cyber-vigilant.example/a/7KQ2"
WORDS = ("Je", "verrouille", "le", "poste", "partagé")


def texts_of(design: Design) -> dict[str, str]:
    """A text for each field that has one, half as long as it may be."""
    return {field.name: _words(field) for field in design.fields}


def work_of(design: Design, **changes: object) -> Work:
    """The design filled in, in its first format."""
    usual = {
        "design": design.key,
        "texts": texts_of(design),
        "alt": "Un cadenas dont la serrure est un œil.",
        "format": design.formats[0].key,
        "figure": next(iter(design.figures), ""),
        "world": next(iter(design.worlds), ""),
    }
    return Work(**{**usual, **changes})  # type: ignore[arg-type]


def every_design() -> list[Design]:
    return list(designs_all().values())


def code(label: str = "Le module en 7 minutes") -> QrTarget:
    return QrTarget(ADDRESS, label)


def _words(field: Field) -> str:
    if field.default:
        return field.default
    found = ""
    while len(found) < min(field.max_length // 3, 40):
        found = f"{found} {WORDS[len(found) % len(WORDS)]}".strip()
    return found

"""A drawing from outside, rebuilt from what is known to be harmless.

Nothing is taken over because it was not forbidden: the elements, attributes and values of the
result are on the lists below, and everything else stays out. Style sheets are dissolved into
attributes, so the result has no CSS at all; it refers to nothing but itself. What a browser or
typst has to do for it is bounded: the size of the file, its depth, its elements, and those that
references multiply. What would change the look of a logo if it were left out (text, pictures,
filters) is refused in words; what nobody sees (scripts, handlers, metadata) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

MAX_BYTES = 400_000
MAX_DEPTH = 40
MAX_ELEMENTS = 5_000
MAX_DRAWN = 4_000
"""Elements and parts of paths, after every reference is followed."""
PART = 50
"""Characters of a path that count as one more element."""
MAX_CHAIN = 200
MAX_RULES = 1_000
MAX_NUMBER = 1e6
"""In units of the drawing. Beyond, renderers lose their way."""
MAX_VALUE = 200
"""Characters of a value in a style sheet, which may dress every element."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_GEOMETRY = "x y width height cx cy r rx ry x1 y1 x2 y2 fx fy points d".split()
_FRAME = "id viewBox preserveAspectRatio transform gradientTransform".split()
_UNITS = (
    "gradientUnits spreadMethod offset clipPathUnits maskUnits maskContentUnits pathLength".split()
)
PAINT = frozenset(
    """fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
    stroke-miterlimit opacity color display visibility clip-path clip-rule mask stop-color
    stop-opacity paint-order vector-effect overflow""".split()
)
ATTRIBUTES = frozenset((*_GEOMETRY, *_FRAME, *_UNITS)) | PAINT
ELEMENTS = frozenset(
    """svg g defs symbol use path rect circle ellipse line polyline polygon linearGradient
    radialGradient stop clipPath mask""".split()
)
# Left out, these would change the drawing: better say so than print something else.
NOT_TAKEN = frozenset(
    "text image foreignObject filter pattern marker animate animateTransform set switch".split()
)
UNSEEN = frozenset("metadata title desc namedview style".split())

_MEASURES = frozenset(
    {*_GEOMETRY, "viewBox", "transform", "gradientTransform", "stroke-width", "stroke-miterlimit"}
)
_NUMBER = re.compile(r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?")
_URL = re.compile(r"url\(\s*['\"]?#([A-Za-z_][\w.:-]{0,99})['\"]?\s*\)")
_OWN = re.compile(r"#([A-Za-z_][\w.:-]{0,99})")
_NAME = re.compile(r"[A-Za-z_][\w.:-]{0,99}")
# Numbers, words, colours, paths, transforms; no quotes, no escapes, no brackets of markup.
_HARMLESS = re.compile(r"[\w\s.,#%()+\-/]*")
_SELECTOR = re.compile(r"[.#]?[A-Za-z_][\w-]{0,99}")


class SvgRefused(Exception):
    """The drawing cannot be taken; the message is for who sent it."""


@dataclass(frozen=True)
class CleanSvg:
    """`content` is a whole document; `left_out` says whether anything dangerous was in the file."""

    content: bytes
    left_out: bool


def svg_clean(content: bytes) -> CleanSvg:
    """Rebuild a drawing.

    :raises SvgRefused: it is no SVG, too large, too deep, or holds what cannot be taken over.
    """
    if len(content) > MAX_BYTES:
        raise SvgRefused(_("Ce dessin SVG dépasse 400 Ko : simplifiez-le, ou envoyez un PNG."))
    builder = _Builder()
    # A document type is passed over, as no parser here ever reads one; declaring an entity is not.
    parser = DefusedXMLParser(
        target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    try:
        parser.feed(content)
        root = parser.close()
    except DefusedXmlException as error:
        raise SvgRefused(
            _("Ce SVG déclare des entités : exportez-le à nouveau, sans « préserver l’édition ».")
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise SvgRefused(_("Ce fichier SVG est abîmé : exportez-le à nouveau.")) from error
    if root is None:
        raise SvgRefused(_("Ce fichier n’est pas un dessin SVG."))
    _dress(root, _rules("".join(builder.styles)))
    left_out = _keep_own_references(root) or builder.left_out
    _frame(root)
    _bound(root)
    return CleanSvg(tostring(root, encoding="utf-8"), left_out)


@dataclass
class _Builder:
    """What the parser calls: keeps known elements, as they come."""

    root: Element | None = None
    open: list[Element] = field(default_factory=list)
    skipped: int = 0
    elements: int = 0
    depth: int = 0
    left_out: bool = False
    in_style: bool = False
    styles: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise SvgRefused(_too_complex())
        namespace, name = _split(tag)
        if self.skipped or namespace != SVG or name not in ELEMENTS:
            self._skip(namespace, name)
            return
        if self.root is None and name != "svg":
            raise SvgRefused(_("Ce fichier n’est pas un dessin SVG."))
        kept = self._attributes(attributes)
        if self.root is None:
            element = self.root = Element(name, kept)
        else:
            element = SubElement(self.open[-1], name, kept)
        self.open.append(element)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.in_style = False
        if self.skipped:
            self.skipped -= 1
        else:
            self.open.pop()

    def data(self, text: str) -> None:
        if self.in_style:
            self.styles.append(text)

    def close(self) -> Element | None:
        return self.root

    def _skip(self, namespace: str, name: str) -> None:
        if self.root is None:
            raise SvgRefused(_("Ce fichier n’est pas un dessin SVG."))
        if namespace == SVG and not self.skipped:
            if name in NOT_TAKEN:
                raise SvgRefused(_refusal(name))
            self.in_style = name == "style"
            self.left_out = self.left_out or name not in UNSEEN
        self.skipped += 1

    def _attributes(self, attributes: dict[str, str]) -> dict[str, str]:
        kept = {}
        for full_name, value in attributes.items():
            namespace, name = _split(full_name)
            if name == "href" and namespace in ("", XLINK):
                kept["href"] = value
            elif namespace == "" and (name in ATTRIBUTES or name in ("class", "style")):
                kept[name] = value
            elif name.lower().startswith("on"):
                self.left_out = True
        return kept


def _too_complex() -> str:
    return _("Ce dessin est trop complexe pour un logo : simplifiez-le, ou envoyez un PNG.")


def _refusal(name: str) -> str:
    if name == "text":
        return _("Ce logo contient du texte : convertissez-le en tracés, puis renvoyez-le.")
    if name == "image":
        return _("Ce SVG contient une photo ou une image : envoyez plutôt le logo en PNG.")
    return _(
        "Ce SVG contient un effet qui ne s’imprime pas (%(name)s) : envoyez plutôt un PNG."
    ) % {"name": name}


def _split(tag: str) -> tuple[str, str]:
    namespace, _brace, name = tag.removeprefix("{").rpartition("}")
    return namespace, name


def _rules(sheet: str) -> list[tuple[str, dict[str, str]]]:
    """(selector, declarations) of a style sheet, in order; simple selectors only."""
    found = []
    for rule in _without_comments(sheet).split("}"):
        selectors, _brace, body = rule.rpartition("{")
        declarations = _declarations(body)
        for selector in selectors.split(","):
            if _SELECTOR.fullmatch(selector.strip()):
                found.append((selector.strip(), declarations))
    if len(found) > MAX_RULES:
        raise SvgRefused(_too_complex())
    return found


def _without_comments(text: str) -> str:
    first, *others = text.split("/*")
    return first + "".join(part.partition("*/")[2] for part in others)


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in _without_comments(text).split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip()
        for name, _colon, value in pairs
        if name.strip().lower() in PAINT and len(value) <= MAX_VALUE
    }


def _dress(root: Element, rules: list[tuple[str, dict[str, str]]]) -> None:
    """Dissolve style sheet and style attributes into attributes, in the order of the cascade."""
    ranked = sorted(rules, key=lambda rule: ".#".find(rule[0][0]))
    for element in root.iter():
        classes = {f".{name}" for name in element.attrib.pop("class", "").split()}
        names = {element.tag, f"#{element.get('id')}", *classes}
        own = _declarations(element.attrib.pop("style", ""))
        for selector, declarations in ranked:
            if selector in names:
                element.attrib.update(declarations)
        element.attrib.update(own)


def _keep_own_references(root: Element) -> bool:
    """Drop values that are no plain drawing; whether one of them referred to the outside."""
    left_out = False
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name in _MEASURES and not _is_measurable(value):
                raise SvgRefused(_too_complex())
            if _is_plain(name, value):
                continue
            del element.attrib[name]
            left_out = True
    return left_out


def _is_measurable(value: str) -> bool:
    return all(float(number) <= MAX_NUMBER for number in _NUMBER.findall(value))


def _is_plain(name: str, value: str) -> bool:
    if name == "href":
        return _OWN.fullmatch(value.strip()) is not None
    if name == "id":
        return _NAME.fullmatch(value) is not None
    rest = _URL.sub("", value)
    return "url" not in rest.lower() and _HARMLESS.fullmatch(rest) is not None


def _frame(root: Element) -> None:
    """A drawing has a view box; one that only says its size gets it from there."""
    root.set("xmlns", SVG)
    for name in ("x", "y"):
        root.attrib.pop(name, None)
    if "viewBox" not in root.attrib:
        sizes = [re.match(r"[\d.]+", root.get(name, "")) for name in ("width", "height")]
        if None in sizes:
            raise SvgRefused(_("Ce SVG n’a pas de dimensions (viewBox) : exportez-le à nouveau."))
        root.set("viewBox", "0 0 " + " ".join(size[0] for size in sizes if size))
    numbers = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        _x, _y, width, height = (float(number) for number in numbers)
    except ValueError:
        width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise SvgRefused(_("Ce SVG n’a pas de dimensions (viewBox) : exportez-le à nouveau."))
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")


def _bound(root: Element) -> None:
    """References multiply: five levels of ten are a hundred thousand. Bound what is drawn."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Element, int] = {}

    def drawn(element: Element, chain: int) -> int:
        if element in known:
            return known[element]
        if chain > MAX_CHAIN:
            raise SvgRefused(_("Ce dessin se renvoie à lui-même : exportez-le à nouveau."))
        total = 1 + len(element.get("d") or element.get("points") or "") // PART
        total += sum(drawn(child, chain + 1) for child in element)
        for name in _references(element):
            if name in named:
                total += drawn(named[name], chain + 1)
        if total > MAX_DRAWN:
            raise SvgRefused(_too_complex())
        known[element] = total
        return total

    drawn(root, 0)


def _references(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name == "href":
            yield value.strip().removeprefix("#")
        else:
            yield from _URL.findall(value)

"""Rich texts that leave the site as plain text and as OpenDocument."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from documents.prose import odt_render, paragraphs_read, txt_render
from documents.prose.odt import MEDIA_TYPE

HTML = (
    "<p>Bonjour à <b>tous</b>,</p><h3>Le geste</h3>"
    '<ul><li>Un</li><li>Deux <a href="https://exemple.fr/a?b=1&amp;c=2">ici</a></li></ul>'
    "<ol><li>Premier<br/>ligne</li><li>Second</li></ol><script>alert(1)</script><p> Fin </p>"
)


def odt(html: str, title: str = "Titre") -> zipfile.ZipFile:
    content = odt_render(title=title, language="fr", paragraphs=paragraphs_read(html))
    return zipfile.ZipFile(io.BytesIO(content))


def test_plain_text_keeps_headings_lists_and_addresses() -> None:
    lines = txt_render(title="Titre", paragraphs=paragraphs_read(HTML)).split("\r\n")
    assert lines == [
        "Titre",
        "",
        "Bonjour à tous,",
        "",
        "LE GESTE",
        "",
        "- Un",
        "- Deux ici (https://exemple.fr/a?b=1&c=2)",
        "",
        "1. Premier",
        "   ligne",
        "2. Second",
        "",
        "Fin",
        "",
    ]


def test_odt_is_a_package_that_names_itself_first() -> None:
    package = odt(HTML)
    first = package.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert package.read("mimetype").decode() == MEDIA_TYPE
    assert package.testzip() is None


def test_odt_has_headings_lists_links_and_language() -> None:
    package = odt(HTML)
    content = package.read("content.xml").decode()
    assert 'text:outline-level="1">Titre<' in content
    assert 'text:outline-level="2">Le geste<' in content
    assert content.count("<text:list-item>") == 4
    assert 'xlink:href="https://exemple.fr/a?b=1&amp;c=2"' in content
    assert "alert" not in content
    assert 'fo:language="fr"' in package.read("styles.xml").decode()


def test_a_link_that_is_no_address_is_only_its_words() -> None:
    assert (
        "xlink:href"
        not in odt('<a href="javascript:alert(1)">ici</a>')
        .read("content.xml")
        .decode()
        .split("<office:body>")[1]
    )


def test_equal_text_gives_equal_bytes() -> None:
    paragraphs = paragraphs_read(HTML)
    one, two = (odt_render(title="T", language="fr", paragraphs=paragraphs) for _ in range(2))
    assert one == two


@given(st.text(), st.text())
def test_any_words_make_a_well_formed_document(title: str, words: str) -> None:
    html = words.replace("&", "&amp;").replace("<", "&lt;")
    package = odt(f"<p>{html}</p>", title)
    for name in package.namelist():
        if name.endswith(".xml"):
            ElementTree.fromstring(package.read(name))

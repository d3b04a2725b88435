"""The files of a text: an OpenDocument to work on, plain text to paste."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.rich_text import expand_db_html

from campaign_assets.models import TextAssetPage
from documents.prose import Paragraph, odt_render, paragraphs_read, txt_render
from documents.prose.txt import BOM


def text_odt(page: TextAssetPage) -> bytes:
    return odt_render(title=page.heading, language=page.language, paragraphs=_paragraphs(page))


def text_txt(page: TextAssetPage) -> bytes:
    return (BOM + text_plain(page)).encode()


def text_plain(page: TextAssetPage) -> str:
    """What the button copies."""
    return txt_render(title=page.heading, paragraphs=_paragraphs(page))


def _paragraphs(page: TextAssetPage) -> list[Paragraph]:
    return paragraphs_read(_with_whole_addresses(expand_db_html(page.text)))


def _with_whole_addresses(html: str) -> str:
    """A link into this site says its host: the text leaves the site."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", href=True):
        if str(link["href"]).startswith("/"):
            link["href"] = f"{settings.WAGTAILADMIN_BASE_URL}{link['href']}"
    return str(soup)

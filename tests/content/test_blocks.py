"""What readers see of the blocks, and the tags of listings."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client
from PIL import Image

from content.blocks import BodyBlock
from content.models import Audience, SiteImage, Video

from .videos import mp4, webm

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour\n"
MP4 = mp4(seconds=61.5)


def rendered(kind: str, value: Any) -> BeautifulSoup:
    block = BodyBlock()
    stream = block.to_python([{"type": kind, "value": value}])
    return BeautifulSoup(block.render(stream), "html.parser")


def test_rich_text_headings_begin_below_the_title() -> None:
    soup = rendered("rich_text", "<h3>Un</h3><h4>Deux</h4>")
    assert [tag.name for tag in soup.select(".fr-text > *")] == ["h2", "h3"]


def test_key_message_shows_its_text_once_it_has_one() -> None:
    soup = rendered("key_message", {"title": "Je verrouille, je pars.", "text": ""})
    assert "Je verrouille" in soup.text
    assert not soup.select(".fr-text")


def test_do_and_dont_are_told_by_words_not_by_colour_alone() -> None:
    soup = rendered("do_dont", {"do": ["Appeler"], "dont": ["Payer"]})
    titles = [title.text.strip() for title in soup.select(".tcv-dodont__title")]
    assert titles == ["À faire", "À éviter"]


def test_figure_names_its_source_and_date() -> None:
    value = {
        "value": "693",
        "label": "signalements",
        "publisher": "ASIP Santé",
        "published_on": "novembre 2019",
        "url": "",
    }
    caption = rendered("figure", value).select_one("figcaption")
    assert caption
    assert "ASIP Santé" in caption.text
    assert "novembre 2019" in caption.text


def test_call_to_action_leads_to_its_address() -> None:
    value = {"text": "Aller", "target": {"page": None, "url": "https://example.org/"}}
    link = rendered("call_to_action", value).select_one("a.fr-btn")
    assert link
    assert link["href"] == "https://example.org/"


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # Wagtail reads the original
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_image_has_sizes_a_text_and_a_legend(db: None) -> None:
    buffer = BytesIO()
    Image.new("RGB", (1600, 900), "navy").save(buffer, "PNG")
    picture = SiteImage.objects.create(
        title="Un poste", description="Un écran verrouillé", file=ImageFile(buffer, "poste.png")
    )
    soup = rendered("image", {"image": picture.pk, "caption": "La nuit"})
    tag = soup.select_one("img")
    assert tag
    assert tag["alt"] == "Un écran verrouillé"
    assert {"srcset", "sizes", "width", "height"} <= tag.attrs.keys()
    assert "La nuit" in soup.text


@pytest.fixture
def video(db: None) -> Video:
    return Video.objects.create(
        title="Je verrouille",
        type="video",
        file=ContentFile(MP4, "v.mp4"),
        captions=ContentFile(VTT, "v.vtt"),
        transcript="<p>On voit un poste.</p>",
    )


def test_video_has_captions_on_and_a_transcript_that_needs_no_script(video: Video) -> None:
    soup = rendered("video", {"video": video.pk})
    track = soup.select_one("video[controls] > track[kind=captions]")
    assert track
    assert track["srclang"] == "fr"
    assert track.has_attr("default")
    details = soup.select_one("details")
    assert details
    assert "On voit un poste." in details.text


def upload(client: Client, **changes: Any) -> Any:
    form = {
        "title": "Vidéo",
        "file": ContentFile(MP4, "v.mp4"),
        "captions": ContentFile(VTT, "v.vtt"),
        "transcript": '{"blocks": [{"key": "a", "type": "unstyled", "text": "Un texte.",'
        ' "depth": 0, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
    }
    return client.post("/admin/media/video/add/", {**form, **changes})


def test_editor_uploads_a_video_with_captions(admin_client: Client) -> None:
    response = upload(admin_client)
    assert response.status_code == 302, response.context["form"].errors
    video = Video.objects.get()
    assert video.captions
    assert (video.duration, video.width, video.height) == (61.5, 640, 360)


def test_the_same_film_as_webm_comes_first_for_browsers(admin_client: Client) -> None:
    upload(admin_client, webm=ContentFile(webm(), "v.webm"))
    types = [source["type"] for source in Video.objects.get().sources]
    assert types == ["video/webm", "video/mp4"]
    refused = upload(admin_client, webm=ContentFile(mp4(), "v.webm"))
    assert "pas un WebM" in refused.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"captions": ""},
        {"captions": ContentFile(b"1\n00:00 bonjour", "v.vtt")},
        {"file": ContentFile(b"MZ not a film", "v.mp4")},
        {"transcript": "null"},
    ],
)
def test_video_that_half_of_the_readers_could_not_use_is_refused(
    admin_client: Client, changes: dict[str, Any]
) -> None:
    assert upload(admin_client, **changes).status_code == 200
    assert not Video.objects.exists()


def test_five_audiences_are_there(db: None) -> None:
    codes = list(Audience.objects.values_list("code", flat=True))
    assert codes == ["direction", "numerique", "soignants", "support", "usagers"]


def test_pagination_keeps_the_filters(rf: Any) -> None:
    page = Paginator(range(50), 10).get_page(2)
    template = Template('{% include "content/partials/pagination.html" %}')
    request = rf.get("/modules/?public=support&page=2")
    html = template.render(Context({"request": request, "page_obj": page}))
    assert "?public=support&amp;page=3" in html
    assert 'aria-current="page"' in html

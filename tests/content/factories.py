"""Pictures for tests."""

from __future__ import annotations

from wagtail.images.tests.utils import get_test_image_file

from content.models import SiteImage


def make_image(alt: str = "Un poste de soins") -> SiteImage:
    return SiteImage.objects.create(title="Image", description=alt, file=get_test_image_file())

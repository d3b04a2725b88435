"""The upload forms of the Wagtail admin: as Wagtail has them, and with our checks of the bytes."""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from content.validators import validate_pdf_file, validate_picture_file


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data and str(file.name).lower().endswith(".pdf"):
            validate_pdf_file(file)
        return file


class ImageForm(BaseImageForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            validate_picture_file(file)
        return file

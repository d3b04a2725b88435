"""Texts that people take along: rich text as plain text, and as an OpenDocument that they edit."""

from documents.prose.odt import odt_render
from documents.prose.reading import Paragraph, Run, paragraphs_read
from documents.prose.txt import txt_render

__all__ = ["Paragraph", "Run", "odt_render", "paragraphs_read", "txt_render"]

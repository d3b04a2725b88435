"""PDF files that others made: what is in them, and what their first page looks like.

Such a file may be hostile, and the libraries that read it are large. They run in a process of their
own, which has no part of the site in it and ends at a limit of memory and time.
"""

from documents.pdfs.looking import PdfLook, PdfRefused, Verdict, pdf_look

__all__ = ["PdfLook", "PdfRefused", "Verdict", "pdf_look"]

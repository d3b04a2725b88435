"""Attestations: codes, issuing, the document, what a checker is told, archives of many."""

"""What the rooms above may want to know of an erasure."""

from django.dispatch import Signal

erasure_asked = Signal()
"""Sent inside the transaction, with `request`, the ErasureRequest."""

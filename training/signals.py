"""Bulk signals, sent inside the transaction that makes the change.

`completions_changed(person_ids: set[int], trainable_ids: set[int])`
`requirements_changed(requirement_ids: set[int])`
"""

from django.dispatch import Signal

completions_changed = Signal()
requirements_changed = Signal()

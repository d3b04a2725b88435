"""Bulk signals, sent inside the transaction that makes the change.

`completions_changed(person_ids: set[int], trainable_ids: set[int])`
`requirements_changed(requirement_ids: set[int], scopes: frozenset[organisation.scopes.Scope])`:
whoever works in one of the scopes is asked something else than before. They are those that the
requirements have now and those that they had, for a requirement may have moved.
"""

from django.dispatch import Signal

completions_changed = Signal()
requirements_changed = Signal()

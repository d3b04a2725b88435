"""Writing in the training room. One flow a file.

`requirements` says who has to take what, `retraining` that a training has to be taken again,
`declaring` what somebody in charge says that others followed, `meetings` that taking part in a
meeting is a training.
"""

from training.services.declaring import (
    Declaration,
    DeclarationsMade,
    completions_declare,
    completions_withdraw,
)
from training.services.meetings import meeting_trainable_save
from training.services.requirements import (
    RequirementDraft,
    requirement_create,
    requirement_end,
    requirement_save,
    requirement_update,
)
from training.services.retraining import retraining_ask, retraining_withdraw

__all__ = [
    "Declaration",
    "DeclarationsMade",
    "RequirementDraft",
    "completions_declare",
    "completions_withdraw",
    "meeting_trainable_save",
    "requirement_create",
    "requirement_end",
    "requirement_save",
    "requirement_update",
    "retraining_ask",
    "retraining_withdraw",
]

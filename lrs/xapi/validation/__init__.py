"""Validation of statements, by hand, clause by clause.

`validate_statement` says everything that is wrong with a statement: where (a JSON path), which
clause is broken, and in words. One module for each part of a statement; a function carries the name
of what it checks, and the clause stands beside it.
"""

from lrs.xapi.validation.problems import Problem
from lrs.xapi.validation.statements import (
    validate_agent,
    validate_batch,
    validate_statement,
)

__all__ = ["Problem", "validate_agent", "validate_batch", "validate_statement"]

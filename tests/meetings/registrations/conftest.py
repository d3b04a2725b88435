from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture
def is_postgresql() -> bool:
    return connection.vendor == "postgresql"

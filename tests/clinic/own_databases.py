"""For tests that make databases of their own: on PostgreSQL they would only say the same again."""

import os

import pytest

makes_its_own_databases = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="makes its own databases"
)

"""Races are proven on PostgreSQL and nowhere else."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def _truth():
    assert connection.vendor == "postgresql", "races are only proven on PostgreSQL"

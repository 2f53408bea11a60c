"""Slow statements are told by their shape: no value of theirs is ever written down."""

import logging

import pytest
from django.db import connection

from qinghe.edges.health import slow
from qinghe.kernel.people.models import Person


@pytest.mark.parametrize(
    ("sql", "shape"),
    [
        ("SELECT  *\n FROM p WHERE id = 44", "SELECT * FROM p WHERE id = ?"),
        ("SELECT 1 FROM p WHERE name = '陈''小明'", "SELECT ? FROM p WHERE name = ?"),
        ("SELECT a FROM p T4 WHERE id IN (%s, %s, %s)", "SELECT a FROM p T4 WHERE id IN (…)"),
        ("INSERT INTO p VALUES (%s, %s), (%s, %s), (%s, %s)", "INSERT INTO p VALUES (…)"),
    ],
)
def test_a_shape_has_no_value(sql, shape):
    assert slow.shape(sql) == shape


@pytest.mark.django_db
def test_a_slow_statement_is_told_without_its_parameters(settings, caplog):
    settings.SLOW_STATEMENT_SECONDS = 0

    with caplog.at_level(logging.WARNING, "qinghe.slow"), slow.watched() as counted:
        list(Person.objects.filter(name="陈小明", number="A13800001234"))

    assert counted.statements == counted.slow == 1
    line = caplog.records[0]
    assert "people_person" in line.shape
    assert "陈小明" not in caplog.text
    assert "13800001234" not in caplog.text


@pytest.mark.django_db
def test_quick_ones_are_counted_only(caplog):
    with slow.watched() as counted:
        list(Person.objects.all()[:1])

    assert (counted.statements, counted.slow, caplog.records) == (1, 0, [])
    assert connection.execute_wrappers == []

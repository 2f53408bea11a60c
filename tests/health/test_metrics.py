"""What Prometheus scrapes: names of the code, numbers, and nothing about anybody."""

import re

import pytest
from django.conf import settings as house
from django.db import connection

pytestmark = pytest.mark.django_db


def scraped(client):
    """Return the samples of a scrape by their name and labels."""
    text = client.get("/metrics").content.decode()
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def test_requests_are_counted_by_view_and_status(client):
    name = 'qinghe_requests_total{method="GET",status="200",view="account_login"}'
    before = scraped(client).get(name, 0)

    client.get("/accounts/login/")

    assert scraped(client)[name] == before + 1


def test_what_strangers_type_makes_no_new_names(client):
    client.get("/陈小明/13800001234/")
    client.generic("BREW", "/no/such/page/")

    samples = "\n".join(scraped(client))

    assert "13800001234" not in samples
    assert "BREW" not in samples
    assert 'view="none"' in samples


def test_every_probe_has_a_state(client):
    samples = scraped(client)

    assert samples['qinghe_check_state{check="database"}'] == 0
    assert {'qinghe_check_state{check="worker"}', "qinghe_disk_free_bytes"} <= samples.keys()


def test_every_metric_of_an_alert_is_scraped(client):
    """docs/watching.md promises nothing that is not there."""
    client.get("/accounts/login/")
    told = (house.ROOT / "docs" / "watching.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bqinghe_[a-z_]+\b", told))
    there = {name.partition("{")[0].removesuffix("_count") for name in scraped(client)}

    unseen = {"qinghe_worker_age_seconds", "qinghe_facts_age_seconds", "qinghe_chain_age_seconds"}
    if connection.vendor != "sqlite":
        unseen |= {"qinghe_line_seconds_total"}  # PostgreSQL's writers stand in no line of ours
    assert named
    assert named - there - unseen == set()

"""What is measured while requests are answered, in the form that Prometheus scrapes.

Labels are names of the code's own (views, methods, statuses), never of people or organisations. With
several processes each writes its own file under PROMETHEUS_MULTIPROC_DIR (config/server.py), and
whichever is scraped adds them up.
"""

import os
from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.utils import timezone
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from . import probes
from .slow import Counted

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)
SEVERAL = "PROMETHEUS_MULTIPROC_DIR"

disable_created_metrics()  # a second series for each, which nobody asks for

REQUESTS = Counter("qinghe_requests", "Requests that were answered.", ["view", "method", "status"])
SECONDS = Histogram(
    "qinghe_request_seconds", "Seconds until the answer.", ["area"], buckets=BUCKETS
)
UNDER_WAY = Gauge(
    "qinghe_requests_under_way", "Requests being answered.", multiprocess_mode="livesum"
)
STATEMENTS = Counter("qinghe_statements", "Statements that requests asked the database.")
STATEMENT_SECONDS = Counter("qinghe_statement_seconds", "Seconds that they took.")
SLOW = Counter("qinghe_slow_statements", "Statements over QINGHE_SLOW_MS.")


def note(*, view: str, method: str, status: int, seconds: float, counted: Counted) -> None:
    """Count one request that was answered."""
    known = method if method in METHODS else "other"
    REQUESTS.labels(view or "none", known, str(status)).inc()
    SECONDS.labels(view.partition(":")[0] or "none").observe(seconds)
    STATEMENTS.inc(counted.statements)
    STATEMENT_SECONDS.inc(counted.seconds)
    SLOW.inc(counted.slow)


def text() -> bytes:
    """Return everything that is measured, and what the probes find now."""
    now = CollectorRegistry()
    now.register(Now(timezone.now()))
    return generate_latest(_counted()) + generate_latest(now)


def _counted() -> CollectorRegistry:
    if SEVERAL not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class Now(Collector):
    """What the probes find at the moment of the scrape."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        """Yield the state of each probe, and its value where it has one."""
        found = probes.ask_all(self.at)
        state = GaugeMetricFamily(
            "qinghe_check_state", "0 ok, 1 to be looked at, 2 failed.", labels=["check"]
        )
        for each in found:
            state.add_metric([each.probe.code], probes.ORDER.index(each.answer.state))
        yield state
        for each in found:
            if each.probe.unit and each.answer.value is not None:
                name = f"qinghe_{each.probe.code}_{each.probe.unit}"
                yield GaugeMetricFamily(name, each.probe.label, value=each.answer.value)
        if line := getattr(connection, "queue", None):  # SQLite's, which one process serves
            told = "Seconds that writers stood in line."
            yield CounterMetricFamily("qinghe_line_seconds", told, value=line.waited)

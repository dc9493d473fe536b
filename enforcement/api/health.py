"""Whether the service lives, whether it can work, and how it is doing: for a load balancer and for Prometheus.

``/healthz`` answers while the process lives and touches nothing; ``/readyz`` also asks the database and its revision;
``/metrics`` counts requests by route (never by address, which would hold ids) and shows how many findings are open and how many
mails wait. None of them shows a case.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import peewee
from flask import Blueprint
from flask import Flask
from flask import Response
from flask import current_app
from flask import request
from playhouse.pool import MaxConnectionsExceeded
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client import CollectorRegistry
from prometheus_client import Counter
from prometheus_client import Histogram
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily

from enforcement.api.core import answer
from enforcement.api.logs import seconds_so_far
from enforcement.db import connected
from enforcement.db import current_revision
from enforcement.db import database
from enforcement.db import pending
from enforcement.mail import outbox
from enforcement.migrations.runner import UnknownRevision
from enforcement.models import Finding

blp = Blueprint("health", __name__)

EXTENSION = "enforcement.metrics"
#: Upper ends of the histogram in seconds: the aim is 50 ms for a recorded case.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
#: What a database raises that is away, or that has no connection left.
UNUSABLE = (peewee.PeeweeException, MaxConnectionsExceeded)


class Metrics:
    """Counters of one application in a registry of its own, so that two applications in a process do not meet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("enforcement_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "enforcement_request_seconds", "Time to an answer", labels[:2], buckets=BUCKETS, registry=self.registry
        )
        self.registry.register(StoreCollector())

    def count(self, response: Response) -> Response:
        """Count an answer; runs after every request."""
        route = request.url_rule.rule if request.url_rule else "unmatched"
        self.requests.labels(request.method, route, str(response.status_code)).inc()
        self.seconds.labels(request.method, route).observe(seconds_so_far())
        return response


class StoreCollector:
    """What the store says of itself at the moment it is asked."""

    def describe(self) -> list[Any]:
        """Nothing in advance: the database may not be there yet."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the gauges; without a database only that it is away."""
        try:
            gauges = list(_gauges())
        except UNUSABLE:
            yield _up(0)
            return
        yield _up(1)
        yield from gauges


def _up(value: int) -> GaugeMetricFamily:
    return GaugeMetricFamily("enforcement_database_up", "Whether the database answered", value=value)


def _gauges() -> Iterator[GaugeMetricFamily]:
    with connected():
        yield _counted(
            GaugeMetricFamily("enforcement_findings_open", "Open findings", labels=("state", "severity")),
            Finding.select(Finding.state, Finding.severity, peewee.fn.COUNT(Finding.id))
            .where(Finding.closed_at.is_null())
            .group_by(Finding.state, Finding.severity),
        )
        yield _mails()


def _mails() -> GaugeMetricFamily:
    """Mails by kind and by what became of them: sent, waiting, skipped (nothing to say) or failed."""
    gauge = GaugeMetricFamily("enforcement_mails", "Mails in the outbox", labels=("kind", "state"))
    for (kind, state), count in outbox.counts().items():
        gauge.add_metric((kind, state), count)
    return gauge


def _counted(gauge: GaugeMetricFamily, query: Any) -> GaugeMetricFamily:
    for *labels, count in query.tuples():
        gauge.add_metric(labels, count)
    return gauge


def init_app(app: Flask) -> None:
    """Count every request of the application and open the three addresses."""
    metrics = app.extensions[EXTENSION] = Metrics()
    app.after_request(metrics.count)
    app.register_blueprint(blp)


@blp.get("/healthz")
def healthz() -> Response:
    """Answer while the process lives."""
    return answer({"status": "ok"})


@blp.get("/readyz")
def readyz() -> Response:
    """Answer 200 when the database answers and has the revision of this version, else 503 saying what is wrong."""
    checks = {"database": _try(_database), "schema": _try(_schema)}
    ready = all(result["ok"] for result in checks.values())
    return answer({"status": "ready" if ready else "not ready", "checks": checks}, 200 if ready else 503)


@blp.get("/metrics")
def metrics() -> Response:
    """Give the counters in Prometheus's text form."""
    held: Metrics = current_app.extensions[EXTENSION]
    return Response(generate_latest(held.registry), content_type=CONTENT_TYPE_LATEST)


def _try(check: Callable[[], str]) -> dict[str, Any]:
    """Run a check; what goes wrong is named by its kind only, since a message may hold an address or a password."""
    try:
        with connected():
            return {"ok": True, "detail": check()}
    except (UnknownRevision, _Behind) as error:
        return {"ok": False, "detail": str(error)}
    except UNUSABLE as error:
        return {"ok": False, "detail": type(error).__name__}


class _Behind(RuntimeError):
    """The database waits for migrations."""


def _database() -> str:
    database.execute_sql("SELECT 1").fetchone()
    return "answers"


def _schema() -> str:
    waiting = pending(database)
    if waiting:
        raise _Behind(f"waits for: {', '.join(waiting)}")
    return current_revision(database) or "empty"

"""Sweeps: running one now, and seeing past ones.

A sweep judges the whole book, whoever asks for it, and answers with counts only; it names no case.
"""

from __future__ import annotations

from typing import Any

from flask import Response

from enforcement.api.answers import SweepItem
from enforcement.api.answers import SweepPage
from enforcement.api.answers import at
from enforcement.api.answers import shanghai
from enforcement.api.auth import permission
from enforcement.api.context import actor
from enforcement.api.context import now
from enforcement.api.core import Blueprint
from enforcement.api.core import answer
from enforcement.api.fields import PagedQuery
from enforcement.api.paging import PAGED_HEADERS
from enforcement.api.paging import page_answer
from enforcement.models import SweepRun
from enforcement.sweeps import operations
from enforcement.sweeps import queries

blp = Blueprint("sweeps", __name__, url_prefix="/api/sweeps", description="巡查 / Sweeps")


@blp.route("", methods=["POST"])
@permission("sweep.run")
@blp.answers(201, SweepItem)
@blp.problems(409)
def run() -> Response:
    """立即巡查 / Run a sweep now"""
    return answer(_run(operations.run_now(actor(), now())), 201)


@blp.route("", methods=["GET"])
@permission("sweep.read")
@blp.arguments(PagedQuery, location="query")
@blp.answers(200, SweepPage, headers=PAGED_HEADERS)
def runs(query: dict[str, Any]) -> Response:
    """巡查记录 / List past sweeps, newest first"""
    return page_answer(SweepPage, queries.page(**query), _run)


def _run(row: SweepRun) -> SweepItem:
    return SweepItem(row.job, row.slot, at(row.started_at), shanghai(row.finished_at), row.attempts, row.outcome)

"""Reading the ledger: the runs of scheduled work, newest first."""

from __future__ import annotations

from enforcement.cases.queries import Page
from enforcement.models import SweepRun
from enforcement.sweeps.sweeping import JOB


def page(job: str | None = JOB, *, page: int = 1, page_size: int = 50) -> Page:
    """Give a page of runs of a job, the sweep by default, or of every job with None."""
    query = SweepRun.select().order_by(SweepRun.id.desc())
    if job is not None:
        query = query.where(SweepRun.job == job)
    return Page(list(query.paginate(page, page_size)), query.count(), page, page_size)

"""When the jobs are due: every day, on working days by decree, on Mondays, in Shanghai."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import time

from enforcement.config import Settings
from enforcement.config import Weekly
from enforcement.sweeps.jobs import standard
from enforcement.sweeps.schedule import Schedule

MORNINGS = Schedule(hour=8, minute=0, working_days=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def slots(schedule: Schedule, since: str, until: str) -> list[str]:
    return [f"{slot:%a %m-%d %H:%M}" for slot in schedule.slots(at(since), at(until))]


def test_the_first_moment_is_left_out_and_the_last_is_in() -> None:
    daily = Schedule(hour=6, minute=0)
    assert slots(daily, "2026-03-02T06:00", "2026-03-04T06:00") == ["Tue 03-03 06:00", "Wed 03-04 06:00"]
    assert slots(daily, "2026-03-02T05:59", "2026-03-02T06:00") == ["Mon 03-02 06:00"]
    assert slots(daily, "2026-03-02T06:00", "2026-03-03T05:59") == []


def test_working_days_are_those_of_the_decree() -> None:
    # 15 to 23 February 2026 rest; Saturday the 14th and Saturday the 28th work.
    assert slots(MORNINGS, "2026-02-12T12:00", "2026-03-01T12:00") == [
        "Fri 02-13 08:00",
        "Sat 02-14 08:00",
        "Tue 02-24 08:00",
        "Wed 02-25 08:00",
        "Thu 02-26 08:00",
        "Fri 02-27 08:00",
        "Sat 02-28 08:00",
    ]


def test_in_a_year_that_is_not_decreed_yet_mondays_to_fridays_stand_in() -> None:
    assert slots(MORNINGS, "2099-01-01T12:00", "2099-01-06T12:00") == [
        "Fri 01-02 08:00",
        "Mon 01-05 08:00",
        "Tue 01-06 08:00",
    ]


def test_the_newest_slot_is_found_however_rare_they_are() -> None:
    noon = at("2026-03-04T12:00")
    assert Schedule(second="*").newest(noon) == noon
    assert Schedule(hour=6, minute=0).newest(noon) == at("2026-03-04T06:00")
    assert Schedule(hour=8, minute=30, day_of_week="mon").newest(noon) == at("2026-03-02T08:30")
    assert MORNINGS.newest(at("2026-02-23T12:00")) == at("2026-02-14T08:00")


def test_moments_may_be_given_in_any_zone() -> None:
    since, until = datetime(2026, 3, 1, 22, 0, tzinfo=UTC), datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    assert list(Schedule(hour=6, minute=0).slots(since, until)) == [at("2026-03-03T06:00")]


def test_the_standard_jobs_are_at_the_hours_of_the_settings() -> None:
    def first(settings: Settings) -> dict[str, list[str]]:
        return {job.name: slots(job.schedule, "2026-03-01T12:00", "2026-03-03T00:00") for job in standard(settings)}

    assert first(Settings()) == {
        "sweep": ["Mon 03-02 06:00"],
        "digest": ["Mon 03-02 08:00"],
        "summary": ["Mon 03-02 08:30"],
    }
    moved = Settings(sweep_at=time(5, 15), digest_at=time(7, 45), summary_at=Weekly("sun", time(20)))
    assert first(moved) == {
        "sweep": ["Mon 03-02 05:15"],
        "digest": ["Mon 03-02 07:45"],
        "summary": ["Sun 03-01 20:00"],
    }

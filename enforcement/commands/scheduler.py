"""``enforcement scheduler``: the scheduled work in a process of its own, in the foreground.

It ends cleanly on SIGTERM and Ctrl-C: a sweep stops after its present chunk and the next process goes on with it.
"""

from __future__ import annotations

import logging
import signal
from threading import Event

import click

from enforcement.api import logs
from enforcement.commandline import opened
from enforcement.sweeps.scheduler import start

logger = logging.getLogger(__name__)


@click.command()
def command() -> None:
    """定时工作：每日巡查、提醒、发信（前台运行）。 Run the daily sweep, the digests and the outbox.

    任意多个进程可以同时运行，每项工作只做一次。 Any number may run at once; each slot is done once.

    \b
    例 Example:
        enforcement scheduler
    """
    with opened() as settings:
        logs.configure()
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        running = start(settings)
        logger.info("scheduler started")
        stop.wait()
        logger.info("scheduler stopping")
        running.stop()

"""``enforcement serve``: the service in one process, with the scheduled work inside.

An office with one machine needs nothing else. Any number may run side by side on one database: the ledger lets one of them
do each piece of scheduled work. On SIGTERM or Ctrl-C requests under way are finished, and a sweep ends after its present chunk.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import signal
from contextlib import ExitStack
from typing import Any
from typing import NoReturn

import click
import peewee
import waitress  # type: ignore[import-untyped]
from flask import Flask

from enforcement import create_app
from enforcement.api import logs
from enforcement.commandline import refusals
from enforcement.config import Settings
from enforcement.db import database
from enforcement.sweeps import scheduler

logger = logging.getLogger(__name__)

#: A body somewhat too large is still read, so that the answer can say so as a problem; one beyond this is cut off.
SPARE = 4


@click.command()
@click.option(
    "--proxies",
    type=click.IntRange(0, 8),
    default=0,
    show_default=True,
    help="前置代理层数，其转发头可信。 Proxies in front whose X-Forwarded headers are believed.",
)
@click.option(
    "--scheduler/--no-scheduler",
    "scheduled",
    default=None,
    help="是否同时执行定时工作，默认按 ENFORCEMENT_SCHEDULER。 Whether scheduled work runs inside.",
)
def command(proxies: int, scheduled: bool | None) -> None:
    """启动服务：网页、接口与定时工作。 Serve the pages and the API, with the scheduled work inside.

    地址由 ENFORCEMENT_LISTEN 设定，线程数由 ENFORCEMENT_THREADS 设定。 The address is ENFORCEMENT_LISTEN.

    \b
    例 Example:
        ENFORCEMENT_LISTEN=0.0.0.0:8000 enforcement serve
    """
    with refusals():
        settings = Settings.from_env(os.environ)
        if scheduled is not None:
            settings = dataclasses.replace(settings, scheduler=scheduled)
        logs.configure()
        serve(settings, proxies=proxies)


def serve(settings: Settings, *, opened: peewee.Database | None = None, proxies: int = 0) -> None:
    """Serve until SIGTERM or Ctrl-C; ``opened`` is a database that the models use already.

    Raises OSError when the address is taken, and what :func:`enforcement.create_app` raises.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    app = create_app(settings, opened=opened, proxies=proxies)
    with ExitStack() as leaving:
        leaving.callback(database.close_all)
        server = _server(app, settings, proxies)
        leaving.callback(server.close)
        if settings.scheduler:
            leaving.callback(scheduler.start(settings).stop)
        for host, port in _listening(server):
            logger.info("listening on http://%s:%s", host, port)
        server.run()
        logger.info("stopping")


def _server(app: Flask, settings: Settings, proxies: int) -> Any:
    """The headers of proxies are dropped by waitress itself, unless some are believed."""
    return waitress.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        ident="",
        max_request_body_size=SPARE * settings.max_body_bytes,
        clear_untrusted_proxy_headers=proxies == 0,
    )


def _listening(server: Any) -> list[tuple[str, int]]:
    """Addresses of a server of one socket or of several."""
    several: list[tuple[str, int]] | None = getattr(server, "effective_listen", None)
    return several or [(server.effective_host, server.effective_port)]


def _leave(*_: Any) -> NoReturn:
    """End the serving loop, or the start before it, without a complaint."""
    raise SystemExit(0)

"""The application for a WSGI server, set up by the environment.

``gunicorn --workers 2 --threads 4 wsgi:app`` or ``granian --interface wsgi wsgi:app``; the scheduled work then runs beside it as
``enforcement scheduler``. ``enforcement serve`` needs none of this.
"""

from __future__ import annotations

from enforcement import create_app
from enforcement.api.logs import configure

configure()
app = create_app()

"""Administration: the office, its people, their tokens, its own law values, and the machinery.

One blueprint, a module a topic. Each page says by its permission who may open it; which agencies it reaches is bounded by the
admin's own, and the operations see to it again.
"""

from enforcement.web.views.admin import agencies
from enforcement.web.views.admin import catalogue
from enforcement.web.views.admin import mail
from enforcement.web.views.admin import officers
from enforcement.web.views.admin import parameters
from enforcement.web.views.admin import sweeps
from enforcement.web.views.admin import tokens
from enforcement.web.views.admin import users
from enforcement.web.views.admin.topics import blp

__all__ = ["agencies", "blp", "catalogue", "mail", "officers", "parameters", "sweeps", "tokens", "users"]

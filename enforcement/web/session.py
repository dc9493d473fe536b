"""Who is signed in, in which language, and who may open which page.

Every page says who it is for, by the same table of permissions as the API, and one that says nothing is closed::

    @blp.get("/cases")
    @page("case.read")        # whoever holds one of these permissions
    def index() -> str: ...

    @blp.get("/account")
    @page()                   # everybody who is signed in
    def account() -> str: ...

    @blp.get("/sign-in")
    @public                   # everybody
    def sign_in() -> str: ...

The cookie holds random bits and nothing else; over https its name begins with ``__Host-``, so that no other host can set it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from typing import TypeVar

from flask import Response
from flask import current_app
from flask import g
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from enforcement.accounts import sessions
from enforcement.accounts.pending import has_second_factor
from enforcement.accounts.permissions import ALL
from enforcement.accounts.permissions import allowed
from enforcement.api.context import now
from enforcement.api.context import service
from enforcement.models import Session
from enforcement.models import User
from enforcement.web.texts import NOT_FOR_YOU

View = TypeVar("View", bound=Callable[..., Any])

LANGUAGES = ("zh", "en")
#: Name of the cookie of a sign-in that waits for a code.
PENDING = "signing-in"
#: What is open to somebody who has yet to turn on the second factor.
ALWAYS_OPEN = frozenset({"web.account", "web.second_factor"})
_TOKEN = re.compile("[A-Za-z0-9_-]{43}")


def page(*permissions: str) -> Callable[[View], View]:
    """Open a page to whoever holds one of these permissions, or to everybody signed in when none is named.

    Raises ValueError for a permission that no role holds.
    """
    unknown = sorted(set(permissions) - ALL)
    if unknown:
        raise ValueError(f"no such permission: {', '.join(unknown)}")

    def declare(view: View) -> View:
        view.page_access = permissions  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Open a page to everybody; the tests list the few that are."""
    view.page_access = None  # type: ignore[attr-defined]
    return view


def access_of(endpoint: str) -> tuple[str, ...] | None:
    """The permissions of which a page wants one: None for a public page; raises AttributeError when it says nothing."""
    view: Any = current_app.view_functions[endpoint]
    declared: tuple[str, ...] | None = view.page_access
    return declared


def guard() -> AnyResponse | None:
    """Let the person in, send them to sign in, or refuse; runs before every page."""
    wanted = access_of(str(request.endpoint))
    identify()
    if wanted is None:
        return None
    if signed_in() is None:
        return _to_sign_in()
    if must_turn_on() and request.blueprint not in ALWAYS_OPEN:
        return _elsewhere("web.second_factor.index")
    if wanted and not any(may(name) for name in wanted):
        raise Forbidden(NOT_FOR_YOU)
    return None


def must_turn_on() -> bool:
    """Tell whether the person has yet to turn on the second factor that the service asks of everybody."""
    found = signed_in()
    if found is None or not service().settings.require_second_factor:
        return False
    if "must_turn_on" not in g:
        g.must_turn_on = not has_second_factor(found.user)
    must: bool = g.must_turn_on
    return must


def identify() -> None:
    """Find out who asks."""
    token = cookie_token()
    g.session = None if token is None else sessions.session_of(token, now())
    if g.session is not None:
        g.actor = g.session.user


def signed_in() -> Session | None:
    """The session of this request; None for a stranger."""
    found: Session | None = g.get("session")
    return found


def session() -> Session:
    """The session of this request, on a page that is not public."""
    found = signed_in()
    if found is None:
        raise RuntimeError("a public page has no session")
    return found


def actor() -> User:
    """Who is signed in, on a page that is not public."""
    return session().user


def may(permission: str) -> bool:
    """Tell whether the person holds a permission; a stranger holds none."""
    found = signed_in()
    return found is not None and allowed(found.user.role, permission)


def language() -> str:
    """The language of this page: as the address asks, else as chosen before, else the person's own, else Chinese."""
    found = signed_in()
    own = None if found is None else found.user.language
    wanted = (_asked(), request.cookies.get(cookie_name("language")), own)
    return next((choice for choice in wanted if choice in LANGUAGES), "zh")


def notify(kind: str, text: str) -> None:
    """Have the next page say something; ``kind`` is "done" or "warning"."""
    sessions.notify(session(), kind, text)


def take_notices() -> list[list[str]]:
    """What this page is to say."""
    found = signed_in()
    return [] if found is None else sessions.take_notices(found)


def cookie_name(plain: str) -> str:
    """Name of a cookie; over https bound to this very host."""
    return f"__Host-{plain}" if request.is_secure else plain


def cookie_token(name: str = "session") -> str | None:
    """The token that the browser shows, when it has the form of one."""
    shown = request.cookies.get(cookie_name(name), "")
    return shown if _TOKEN.fullmatch(shown) else None


def ensure_token() -> str:
    """The token of this browser; a stranger gets one that stands for nobody."""
    held: str | None = g.get("new_token") or cookie_token()
    if held is None:
        held = g.new_token = sessions.new_token()
    return held


def start(token: str) -> None:
    """Give the browser the token of its new session with this answer."""
    g.new_token = token


def ask_for_code(token: str) -> None:
    """Give the browser the token of a sign-in that waits for a code."""
    g.new_pending = token


def asked_for_code() -> str | None:
    """The token of the sign-in that waits for a code at this browser."""
    return cookie_token(PENDING)


def no_more_code() -> None:
    """Take that token from the browser with this answer."""
    g.new_pending = ""


def stop() -> None:
    """Take the token from the browser with this answer."""
    g.new_token = ""
    g.session = None


def finish(response: Response) -> Response:
    """Set the cookies of this answer, and keep it out of every store; runs after every page."""
    _put(response, "session", g.get("new_token"))
    _put(response, PENDING, g.get("new_pending"))
    _put(response, "language", g.get("language_choice", _asked()))
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _put(response: Response, name: str, value: str | None) -> None:
    """Set a cookie, or take it away when it is empty; None leaves it as it is."""
    if value == "":
        response.delete_cookie(cookie_name(name), **_cookie())
    elif value is not None:
        response.set_cookie(cookie_name(name), value, **_cookie())


def _cookie() -> dict[str, Any]:
    """No Domain and the path / as ``__Host-`` asks; gone when the browser closes."""
    return {"path": "/", "httponly": True, "samesite": "Lax", "secure": request.is_secure}


def _asked() -> str | None:
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else None


def _to_sign_in() -> AnyResponse:
    """Lead to signing in and from there back."""
    back = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return _elsewhere("web.account.sign_in", 401, back)


def _elsewhere(endpoint: str, status: int = 403, back: str | None = None) -> AnyResponse:
    """Lead to another page; htmx is told to move the whole page."""
    if request.headers.get("HX-Request") == "true":
        return Response("", status, {"HX-Redirect": url_for(endpoint)})
    return redirect(url_for(endpoint, next=back), 303)

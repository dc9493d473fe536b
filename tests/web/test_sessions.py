"""Sessions and the counting of attempts, below the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest

from enforcement.accounts import own
from enforcement.accounts import sessions
from enforcement.accounts.operations import set_password
from enforcement.accounts.operations import update_user
from enforcement.accounts.sessions import Origin
from enforcement.audit.queries import entries_for
from enforcement.audit.queries import verify
from enforcement.db import connected
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.models import Session
from enforcement.models import SignInCounter
from tests.office import Office
from tests.web.conftest import PASSWORD

HERE = Origin("10.0.0.1", "Firefox")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

SignIn = Callable[..., tuple[Session, str]]


@pytest.fixture
def sign_in(office: Office, with_password: str, now: datetime) -> SignIn:
    """Signs the officer in with the right password unless told otherwise."""

    def attempt(
        login: str = "officer", password: str = with_password, at: datetime = now, origin: Origin = HERE
    ) -> tuple[Session, str]:
        with connected():
            return sessions.sign_in(login, password, origin, at)

    return attempt


def wrong(sign_in: SignIn, times: int, **options: Any) -> None:
    for _ in range(times):
        with pytest.raises(sessions.WrongPassword):
            sign_in(password="wrong", **options)


def test_a_session_is_found_by_its_token_with_person_agency_and_officer(sign_in: SignIn, now: datetime) -> None:
    session, token = sign_in()
    with connected():
        found = sessions.session_of(token, now)
    assert found is not None and found.id == session.id
    assert (found.user.login, found.user.agency.code, found.user.officer.number) == ("officer", "D-A", "12010001")
    assert (found.address, found.agent) == ("10.0.0.1", "Firefox")


def test_the_sign_in_name_may_be_typed_with_capitals_and_spaces(sign_in: SignIn) -> None:
    assert sign_in(login=" Officer ")[0].user.login == "officer"


def test_an_unknown_token_has_no_session(sign_in: SignIn, now: datetime) -> None:
    sign_in()
    with connected():
        assert sessions.session_of(sessions.new_token(), now) is None


def test_a_session_is_over_two_hours_after_its_last_request(sign_in: SignIn, now: datetime) -> None:
    _, token = sign_in()
    with connected():
        assert sessions.session_of(token, now + 2 * HOUR - MINUTE) is not None
        assert sessions.session_of(token, now + 4 * HOUR - 2 * MINUTE) is not None, "the last request counts"
        assert sessions.session_of(token, now + 6 * HOUR) is None


def test_a_session_is_over_twelve_hours_after_signing_in_however_much_it_was_used(
    sign_in: SignIn, now: datetime
) -> None:
    _, token = sign_in()
    with connected():
        for hour in range(1, 12):
            assert sessions.session_of(token, now + hour * HOUR) is not None, hour
        assert sessions.session_of(token, now + 12 * HOUR) is None


def test_the_last_request_is_noted_at_most_once_a_minute(sign_in: SignIn, now: datetime) -> None:
    session, token = sign_in()
    with connected():
        sessions.session_of(token, now + timedelta(seconds=59))
        assert Session.get_by_id(session.id).seen_at == now
        sessions.session_of(token, now + MINUTE)
        assert Session.get_by_id(session.id).seen_at == now + MINUTE


def test_a_closed_account_has_no_session_any_more(sign_in: SignIn, office: Office, now: datetime) -> None:
    _, token = sign_in()
    with connected():
        update_user(office.admin, office.officer, {"active": False}, now)
        assert sessions.session_of(token, now) is None
    with pytest.raises(sessions.WrongPassword):
        sign_in()


def test_a_password_set_by_an_admin_ends_the_person_s_sessions(sign_in: SignIn, office: Office, now: datetime) -> None:
    _, token = sign_in()
    with connected():
        set_password(office.admin, office.officer, "另一个很长的密码", now)
        assert sessions.session_of(token, now) is None


def test_an_admin_ends_all_sessions_of_somebody_and_the_audit_says_so(
    sign_in: SignIn, office: Office, now: datetime
) -> None:
    tokens = [sign_in()[1], sign_in()[1]]
    with connected():
        assert sessions.end_all(office.admin, office.officer, now) == 2
        assert [sessions.session_of(token, now) for token in tokens] == [None, None]
        last = entries_for("user", office.officer.public_id)[-1]
        assert (last.actor_text, last.action) == ("admin", "session.end_all")
        assert verify() == []


@pytest.mark.parametrize("person", ["colleague", "supervisor", "officer"])
def test_nobody_but_an_admin_ends_the_sessions_of_others(
    sign_in: SignIn, office: Office, now: datetime, person: str
) -> None:
    _, token = sign_in()
    with connected():
        with pytest.raises(Forbidden):
            sessions.end_all(getattr(office, person), office.officer, now)
        assert sessions.session_of(token, now) is not None


def test_signing_in_clears_away_sessions_and_counters_that_are_over(sign_in: SignIn, now: datetime) -> None:
    old, _ = sign_in()
    wrong(sign_in, 1, login="nobody")
    fresh, _ = sign_in(at=now + 13 * HOUR)
    with connected():
        assert [row.public_id for row in Session.select()] == [fresh.public_id]
        assert all(row.since >= now + 12 * HOUR for row in SignInCounter.select())
    assert old.public_id != fresh.public_id


def test_ten_wrong_passwords_close_an_account_for_a_quarter_of_an_hour(sign_in: SignIn, now: datetime) -> None:
    wrong(sign_in, 10)
    with pytest.raises(sessions.TooManyAttempts) as refused:
        sign_in(at=now + 5 * MINUTE)
    assert refused.value.seconds == 600
    assert refused.value.of("zh") == "尝试次数过多，请 10 分钟后再试"
    assert sign_in(at=now + 15 * MINUTE)[0].user.login == "officer"


def test_attempts_while_an_account_is_closed_do_not_keep_it_closed(sign_in: SignIn, now: datetime) -> None:
    wrong(sign_in, 10)
    for minute in range(15):
        with pytest.raises(sessions.TooManyAttempts):
            sign_in(at=now + minute * MINUTE)
    assert sign_in(at=now + 15 * MINUTE)[0].user.login == "officer"


def test_an_account_that_was_open_again_is_closed_again_by_ten_more(sign_in: SignIn, now: datetime) -> None:
    for quarter in range(3):
        wrong(sign_in, 10, at=now + quarter * 15 * MINUTE)
        with pytest.raises(sessions.TooManyAttempts):
            sign_in(at=now + quarter * 15 * MINUTE)


def test_a_right_password_forgives_the_wrong_ones_before_it(sign_in: SignIn) -> None:
    wrong(sign_in, 9)
    sign_in()
    wrong(sign_in, 9)
    sign_in()


def test_an_account_that_does_not_exist_is_refused_and_closed_as_one_that_does(sign_in: SignIn) -> None:
    wrong(sign_in, 10, login="nobody")
    with pytest.raises(sessions.TooManyAttempts):
        sign_in(login="nobody")


def test_fifty_attempts_from_one_address_close_it_for_every_account(sign_in: SignIn) -> None:
    for number in range(50):
        wrong(sign_in, 1, login=f"guess{number}")
    with pytest.raises(sessions.TooManyAttempts):
        sign_in()
    assert sign_in(origin=Origin("10.0.0.2", "Firefox"))[0].user.login == "officer"


def test_an_address_that_is_closed_counts_against_no_account(sign_in: SignIn) -> None:
    for number in range(50):
        wrong(sign_in, 1, login=f"guess{number}")
    for number in range(20):
        with pytest.raises(sessions.TooManyAttempts):
            sign_in(login=f"another{number}")
    with connected():
        assert SignInCounter.select().count() == 51
    assert sign_in(login="officer", origin=Origin("10.0.0.2", "Firefox"))[0].user.login == "officer"


def test_signing_in_is_no_attempt_of_its_address(sign_in: SignIn) -> None:
    for _ in range(60):
        sign_in()


def test_attempts_at_the_same_moment_are_all_counted(
    sign_in: SignIn, office: Office, in_threads: Callable[..., list[Any]]
) -> None:
    def attempt() -> str:
        try:
            sign_in(password="wrong")
        except (sessions.WrongPassword, sessions.TooManyAttempts) as refused:
            return type(refused).__name__
        return "signed in"

    answers = in_threads(*[attempt] * 16)
    assert sorted(answers) == ["TooManyAttempts"] * 6 + ["WrongPassword"] * 10


def test_what_was_typed_as_a_name_is_not_kept(sign_in: SignIn) -> None:
    wrong(sign_in, 1, login=PASSWORD)
    with connected():
        assert [row.key for row in SignInCounter.select() if PASSWORD in row.key or len(row.key) != 64] == []


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(sign_in: SignIn, now: datetime) -> None:
    here, token = sign_in()
    _, elsewhere = sign_in()
    with connected():
        own.change_password(here, PASSWORD, "一句很长的新密码", "10.0.0.1", now)
        assert sessions.session_of(token, now) is not None
        assert sessions.session_of(elsewhere, now) is None
    with pytest.raises(sessions.WrongPassword):
        sign_in()
    assert sign_in(password="一句很长的新密码")[0].user.login == "officer"


def test_guessing_the_current_password_in_an_open_session_is_slowed_too(sign_in: SignIn, now: datetime) -> None:
    here, _ = sign_in()
    with connected():
        for _ in range(10):
            with pytest.raises(Invalid) as refused:
                own.change_password(here, "a guess", "一句很长的新密码", "10.0.0.1", now)
            assert list(refused.value.errors) == ["current"]
        with pytest.raises(sessions.TooManyAttempts):
            own.change_password(here, PASSWORD, "一句很长的新密码", "10.0.0.1", now)


def test_a_notice_is_given_once(sign_in: SignIn, now: datetime) -> None:
    session, token = sign_in()
    with connected():
        sessions.notify(session, "done", "已保存")
        sessions.notify(session, "warning", "请核对")
        again = sessions.session_of(token, now)
        assert again is not None
        assert sessions.take_notices(again) == [["done", "已保存"], ["warning", "请核对"]]
        assert sessions.take_notices(again) == []

"""Tokens: shown once, kept as a hash, usable until revoked or over."""

from __future__ import annotations

import re
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from enforcement.accounts.operations import issue_token
from enforcement.accounts.operations import revoke_token
from enforcement.accounts.operations import update_user
from enforcement.accounts.queries import authenticate_token
from enforcement.accounts.queries import token_of
from enforcement.audit.queries import entries_for
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.models import AuditEntry
from enforcement.models import Token

MINUTE = timedelta(minutes=1)


def test_a_token_stands_for_its_user_with_the_agency_at_hand(tree: Any, now: datetime) -> None:
    token, secret = issue_token(tree.li, now, user=tree.li, name="导入", scopes="cases:write")
    assert re.fullmatch(r"enf_[A-Za-z0-9_-]{43}", secret)
    user = authenticate_token(secret, now)
    assert user == tree.li and user.agency.code == "WDD"
    found = token_of(secret, now)
    assert found == token and found.scopes == "cases:write"


def test_only_the_hash_of_a_secret_is_kept(tree: Any, now: datetime) -> None:
    token, secret = issue_token(tree.li, now, user=tree.li, name="导入")
    row = Token.select().where(Token.id == token.id).dicts().get()
    assert row["hash"] == sha256(secret.encode()).hexdigest()
    assert row["prefix"] == secret[:10]
    kept = "".join(str(value) for value in row.values()) + "".join(entry.changes for entry in AuditEntry.select())
    assert secret not in kept and secret[10:] not in kept


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: secret[:-1],
        lambda secret: secret + "A",
        lambda secret: secret[:-1] + ("A" if secret[-1] != "A" else "B"),
        lambda secret: secret.upper(),
        lambda secret: "",
        lambda secret: "enf_",
        lambda secret: "错",
        lambda secret: secret + "\n",
    ],
)
def test_what_is_not_the_secret_stands_for_nobody(tree: Any, now: datetime, change: Any) -> None:
    _, secret = issue_token(tree.li, now, user=tree.li, name="导入")
    assert authenticate_token(change(secret), now) is None


def test_a_token_is_over_at_its_end_and_not_before(tree: Any, now: datetime) -> None:
    _, secret = issue_token(tree.li, now, user=tree.li, name="导入", expires_at=now + timedelta(days=1))
    assert authenticate_token(secret, now + timedelta(days=1) - timedelta(microseconds=1)) == tree.li
    assert authenticate_token(secret, now + timedelta(days=1)) is None
    with pytest.raises(Invalid) as refused:
        issue_token(tree.li, now, user=tree.li, name=" ", expires_at=now)
    assert set(refused.value.errors) == {"name", "expires_at"}


def test_a_revoked_token_stands_for_nobody_and_is_revoked_once(tree: Any, now: datetime) -> None:
    token, secret = issue_token(tree.li, now, user=tree.li, name="导入")
    revoke_token(tree.zhao, token, now + MINUTE)
    revoke_token(tree.zhao, token, now + 2 * MINUTE)
    assert authenticate_token(secret, now + MINUTE) is None
    assert Token.get_by_id(token.id).revoked_at == now + MINUTE
    actions = [(entry.action, entry.actor_text) for entry in entries_for("token", token.public_id)]
    assert actions == [("token.issue", "li"), ("token.revoke", "zhao")]


def test_a_token_of_a_closed_account_stands_for_nobody(tree: Any, now: datetime) -> None:
    _, secret = issue_token(tree.li, now, user=tree.li, name="导入")
    update_user("cli", tree.li, {"active": False}, now)
    assert authenticate_token(secret, now) is None


def test_the_last_use_is_kept_once_a_minute(tree: Any, now: datetime) -> None:
    token, secret = issue_token(tree.li, now, user=tree.li, name="导入")
    assert Token.get_by_id(token.id).last_used_at is None
    kept = []
    for seconds in (0, 30, 59, 60, 61, 130):
        authenticate_token(secret, now + timedelta(seconds=seconds))
        kept.append((Token.get_by_id(token.id).last_used_at - now).total_seconds())
    assert kept == [0, 0, 0, 60, 60, 130]


def test_a_token_is_issued_and_revoked_by_its_owner_or_an_admin_above(tree: Any, now: datetime) -> None:
    of_zhao, _ = issue_token(tree.zhao, now, user=tree.zhao, name="自己")
    issue_token(tree.zhao, now, user=tree.li, name="下级")
    with pytest.raises(Forbidden):
        issue_token(tree.li, now, user=tree.zhao, name="上级")
    with pytest.raises(Forbidden):
        revoke_token(tree.li, of_zhao, now)
    assert Token.get_by_id(of_zhao.id).revoked_at is None

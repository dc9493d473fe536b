"""Agencies in a tree, officers with certificates, accounts and what each may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

import peewee
import pytest

from enforcement.accounts.operations import create_agency
from enforcement.accounts.operations import create_officer
from enforcement.accounts.operations import create_user
from enforcement.accounts.operations import set_password
from enforcement.accounts.operations import update_officer
from enforcement.accounts.operations import update_user
from enforcement.accounts.queries import agency_subtree
from enforcement.accounts.queries import authenticate_password
from enforcement.accounts.queries import may_see
from enforcement.accounts.queries import visible_agencies
from enforcement.audit.queries import entries_for
from enforcement.audit.queries import head
from enforcement.audit.queries import verify
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.models import Agency
from enforcement.models import AuditEntry
from enforcement.models import Officer
from enforcement.models import User

PASSWORD = "五大道 2026 春"


def codes(condition: Any) -> set[str]:
    """Codes of the agencies that a condition chooses."""
    return {agency.code for agency in Agency.select().where(condition)}


def test_an_agency_sees_itself_and_what_is_below(tree: Any) -> None:
    assert codes(agency_subtree(tree.city)) == {"TJ", "HP", "WDD", "XBL"}
    assert codes(agency_subtree(tree.district)) == {"HP", "WDD", "XBL"}
    assert codes(agency_subtree(tree.street)) == {"WDD"}


def test_a_code_that_begins_like_another_is_not_below_it(tree: Any, now: datetime) -> None:
    longer = create_agency("cli", now, code="WDD2", name_zh="另一街道", parent=tree.district)
    wild = create_agency("cli", now, code="W_D", name_zh="再一街道", parent=tree.district)
    lower = create_agency("cli", now, code="wdd", name_zh="小写街道", parent=tree.district)
    assert codes(agency_subtree(tree.street)) == {"WDD"}
    assert codes(agency_subtree(wild)) == {"W_D"}
    assert [may_see(tree.li, agency) for agency in (tree.street, longer, wild, lower)] == [True, False, False, False]


def test_a_user_sees_by_agency_whatever_the_role(tree: Any) -> None:
    assert codes(visible_agencies(tree.li)) == {"WDD"}
    assert codes(visible_agencies(tree.zhao)) == {"HP", "WDD", "XBL"}
    assert [may_see(tree.zhao, agency) for agency in (tree.city, tree.district, tree.street)] == [False, True, True]


def test_the_path_is_made_of_codes_from_the_top(tree: Any) -> None:
    assert (tree.city.path, tree.street.path) == ("/TJ/", "/TJ/HP/WDD/")
    assert tree.street.parent == tree.district


def test_every_fault_of_an_agency_is_told_at_once(tree: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        create_agency("cli", now, code="A/B", name_zh=" ", level="village")
    assert set(refused.value.errors) == {"code", "name_zh", "level"}
    with pytest.raises(Invalid) as refused:
        create_agency("cli", now, code="WDD", name_zh="五大道")
    assert set(refused.value.errors) == {"code"}


def test_an_officer_is_entered_and_changed_with_an_audit_of_what_changed(tree: Any, now: datetime) -> None:
    officer = create_officer(
        tree.zhao, now, agency=tree.street, number="02010012", name="张某", valid_from=date(2024, 1, 1)
    )
    changed = update_officer(tree.zhao, officer, {"valid_until": date(2028, 12, 31), "name": "张某"}, now)
    assert Officer.get_by_id(officer.id).valid_until == changed.valid_until == date(2028, 12, 31)
    created, updated = entries_for("officer", officer.public_id)
    assert created.changed == {
        "agency": [None, "WDD"],
        "number": [None, "02010012"],
        "name": [None, "张某"],
        "valid_from": [None, "2024-01-01"],
    }
    assert (updated.action, updated.actor, updated.changed) == (
        "officer.update",
        tree.zhao,
        {"valid_until": [None, "2028-12-31"]},
    )


def test_an_update_that_changes_nothing_writes_nothing(tree: Any, now: datetime) -> None:
    officer = create_officer("cli", now, agency=tree.street, number="1", name="张某")
    before = head()
    update_officer("cli", officer, {"name": "张某", "active": True}, now)
    assert head() == before


def test_every_fault_of_an_officer_is_told_at_once(tree: Any, now: datetime) -> None:
    create_officer("cli", now, agency=tree.street, number="02010012", name="张某")
    with pytest.raises(Invalid) as refused:
        create_officer(
            "cli",
            now,
            agency=tree.street,
            number="02010012",
            name="",
            valid_from=date(2026, 2, 1),
            valid_until=date(2026, 1, 31),
        )
    assert set(refused.value.errors) == {"number", "name", "valid_until"}
    with pytest.raises(Invalid):
        create_officer("cli", now, agency=tree.street, number="0201 0012", name="张某")


def test_the_days_of_a_certificate_are_checked_against_those_already_there(tree: Any, now: datetime) -> None:
    officer = create_officer("cli", now, agency=tree.street, number="1", name="张某", valid_until=date(2026, 1, 31))
    with pytest.raises(Invalid) as refused:
        update_officer("cli", officer, {"valid_from": date(2026, 2, 1)}, now)
    assert set(refused.value.errors) == {"valid_until"}
    assert update_officer("cli", officer, {"valid_from": date(2026, 1, 31)}, now).valid_from == date(2026, 1, 31)


def test_what_cannot_be_changed_is_refused_by_name(tree: Any, now: datetime) -> None:
    with pytest.raises(KeyError, match="login, password_hash"):
        update_user("cli", tree.li, {"login": "x", "password_hash": "x", "name": "y"}, now)
    assert User.get_by_id(tree.li.id).name == "李某"


def test_every_fault_of_a_user_is_told_at_once(tree: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        create_user(
            "cli",
            now,
            login="Li Si",
            name="",
            role="boss",
            agency=tree.street,
            email="li@example.cn\nBcc: all@example.cn",
            language="fr",
            password="short",
        )
    assert set(refused.value.errors) == {"login", "name", "role", "email", "language", "password"}
    with pytest.raises(Invalid) as refused:
        create_user("cli", now, login="LI", name="李某", role="officer", agency=tree.street)
    assert set(refused.value.errors) == {"login"}


def test_a_password_opens_the_account_and_reaches_neither_the_audit_nor_the_table(tree: Any, now: datetime) -> None:
    wang = create_user("cli", now, login="Wang", name="王某", role="reviewer", agency=tree.street, password=PASSWORD)
    assert authenticate_password(" WANG ", PASSWORD) == wang
    assert authenticate_password("wang", PASSWORD + " ") is None
    set_password(wang, wang, "另一个密码 2026", now)
    assert authenticate_password("wang", PASSWORD) is None
    assert authenticate_password("wang", "另一个密码 2026") == wang
    assert User.get_by_id(wang.id).password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    everything = "".join(entry.changes for entry in AuditEntry.select())
    assert PASSWORD not in everything and "argon2" not in everything and "密码" not in everything
    assert [entry.action for entry in entries_for("user", wang.public_id)] == ["user.create", "user.password"]


def test_no_password_opens_an_account_without_one_a_closed_one_or_none(tree: Any, now: datetime) -> None:
    assert authenticate_password("li", "") is None
    assert authenticate_password("nobody", PASSWORD) is None
    wang = create_user("cli", now, login="wang", name="王某", role="reviewer", agency=tree.street, password=PASSWORD)
    update_user("cli", wang, {"active": False}, now)
    assert authenticate_password("wang", PASSWORD) is None


def forbidden(work: Callable[[], Any]) -> bool:
    """Whether the actor is refused."""
    try:
        work()
    except Forbidden:
        return True
    return False


@pytest.mark.parametrize("role", ["officer", "reviewer", "supervisor", "admin"])
def test_only_an_admin_governs_and_only_below_the_own_agency(tree: Any, now: datetime, role: str) -> None:
    actor = create_user("cli", now, login="actor", name="某", role=role, agency=tree.district)
    officer = create_officer("cli", now, agency=tree.street, number="1", name="张某")
    below: list[Callable[[], Any]] = [
        lambda: create_agency(actor, now, code="N", name_zh="新街道", parent=tree.district),
        lambda: create_officer(actor, now, agency=tree.next_street, number="2", name="王某"),
        lambda: update_officer(actor, officer, {"active": False}, now),
        lambda: create_user(actor, now, login="new", name="新", role="officer", agency=tree.street),
        lambda: update_user(actor, tree.li, {"name": "李"}, now),
        lambda: set_password(actor, tree.li, PASSWORD, now),
    ]
    above: list[Callable[[], Any]] = [
        lambda: create_agency(actor, now, code="T", name_zh="顶", parent=None),
        lambda: create_agency(actor, now, code="D", name_zh="区", parent=tree.city),
        lambda: create_officer(actor, now, agency=tree.city, number="3", name="赵某"),
        lambda: update_officer(actor, officer, {"agency": tree.city}, now),
        lambda: create_user(actor, now, login="top", name="新", role="admin", agency=tree.city),
        lambda: update_user(actor, tree.li, {"agency": tree.city}, now),
    ]
    assert [forbidden(work) for work in below] == [role != "admin"] * len(below)
    assert [forbidden(work) for work in above] == [True] * len(above)
    assert verify() == []


def test_nobody_makes_themselves_an_admin(tree: Any, now: datetime) -> None:
    assert forbidden(lambda: update_user(tree.li, tree.li, {"role": "admin"}, now))
    assert User.get_by_id(tree.li.id).role == "officer"


def test_two_that_take_the_same_code_at_once_make_one_agency(
    tree: Any, now: datetime, in_threads: Callable[..., list[Any]]
) -> None:
    def take() -> str:
        try:
            create_agency("cli", now, code="NEW", name_zh="新街道", parent=tree.district)
        except (Invalid, Conflict) as error:
            return type(error).__name__
        return "made"

    answers = in_threads(*[take] * 4)
    assert answers.count("made") == 1
    assert set(answers) <= {"made", "Invalid", "Conflict"}
    assert verify() == []


def test_references_hold(tree: Any, now: datetime) -> None:
    with pytest.raises(peewee.IntegrityError):
        User.update(agency=999_999).where(User.id == tree.li.id).execute()


@pytest.mark.parametrize("delay", [timedelta(), timedelta(days=400)])
def test_a_user_is_created_at_the_given_moment(tree: Any, now: datetime, delay: timedelta) -> None:
    user = create_user("cli", now + delay, login="x", name="某", role="officer", agency=tree.street)
    assert User.get_by_id(user.id).created_at == now + delay

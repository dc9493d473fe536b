"""Recording and changing a case by its form, as a browser without JavaScript does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from enforcement.cases import operations
from enforcement.cases.history import facts_at
from enforcement.cases.projection import decode
from enforcement.cases.projection import plain
from enforcement.db import connected
from enforcement.models import AuditEntry
from enforcement.models import Case
from rules.facts import KINDS
from rules.facts import facts_of
from tests.office import PENALTY
from tests.office import Office
from tests.web.client import Client
from tests.web.client import Page
from tests.web.filling import form_of

Open = Callable[[str | None], Client]

MEASURE: dict[str, Any] = {
    "number": "示街强〔2026〕1号",
    "class": "measure",
    "type": "seize",
    "party_kind": "individual",
    "party_name": "张某",
    "approved_at": "2026-02-10T09:00:30+08:00",
    "executed_at": "2026-02-10T10:00:00+08:00",
    "record_signed": False,
    "extension_days": 30,
    "suit_term_months": 3,
}
INSPECTION: dict[str, Any] = {
    "number": "示街检〔2026〕1号",
    "type": "routine",
    "business": True,
    "started_at": "2026-02-10T10:00:00+08:00",
    "outcome": "rectify",
    "rectify_by": "2026-03-10",
}
FACTS = {
    "ordinary": {
        **PENALTY,
        "extensions": [{"days": 30, "approved_on": "2026-01-20", "approved_by": "head"}],
        "pauses": [{"from": "2026-01-15", "to": "2026-01-16", "ground": "appraisal"}, {"from": "2026-01-18"}],
    },
    "summary": {"number": "示街罚〔2026〕2号", "procedure": "summary", "decided_on": "2026-02-10", "fine": "50.00"},
    "measure": MEASURE,
    "execution": {"number": "示街强〔2026〕2号", "class": "execution", "type": "demolish", "residential": False},
    "inspection": INSPECTION,
}


def typed(facts: dict[str, Any]) -> dict[str, Any]:
    """What a person types for facts."""
    fields: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for row, record in enumerate(value):
                fields |= {f"{name}-{row}-{item}": str(held) for item, held in record.items()}
        elif isinstance(value, bool):
            fields[name] = "yes" if value else "no"
        else:
            fields[name] = value if isinstance(value, list) else str(value).replace("+08:00", "")
    return fields


def only() -> Case:
    with connected():
        (case,) = Case.select()
    found: Case = case
    return found


def facts_of_case(case: Case) -> dict[str, Any]:
    return plain(decode(case.kind, case.facts))


def shown_steps(page: Page) -> list[str]:
    """The steps that are not folded away."""
    return re.findall(r'<h2 id="step-(\w+)"', page.html)


def test_one_chooses_among_five_ways(web_client: Open) -> None:
    page = web_client("officer").get("/cases/new")
    assert page.heading == "登记案件"
    assert [link for link in page.links if link.startswith("/cases/new/")] == [
        f"/cases/new/{name}" for name in ("ordinary", "summary", "measure", "execution", "inspection")
    ]


@pytest.mark.parametrize("path", FACTS)
def test_a_case_of_each_way_is_recorded_by_its_form(web_client: Open, path: str) -> None:
    browser = web_client("officer")
    address = f"/cases/new/{path}"
    sent = {**form_of(browser.get(address)), **typed(FACTS[path])}
    page = browser.send(address, **sent)
    case = only()
    assert (page.status, page.path, page.heading) == (200, f"/cases/{case.public_id}", FACTS[path]["number"])
    held = facts_of_case(case)
    assert {name: held.get(name) for name in FACTS[path]} == FACTS[path]
    assert "案件已登记" in page.text


@pytest.mark.parametrize("path", FACTS)
def test_a_form_sent_back_untouched_changes_nothing(web_client: Open, office: Office, now: datetime, path: str) -> None:
    kind = {"ordinary": "penalty", "summary": "penalty", "execution": "measure"}.get(path, path)
    with connected():
        case = operations.record(office.officer, kind, FACTS[path], now)
    browser = web_client("officer")
    address = f"/cases/{case.public_id}/edit"
    page = browser.send(address, **form_of(browser.get(address)))
    assert page.path == f"/cases/{case.public_id}"
    assert (only().version, facts_of_case(only())) == (1, facts_of_case(case))


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_of_a_kind_has_a_field(web_client: Open, kind: str) -> None:
    path = {"penalty": "ordinary", "measure": "measure", "inspection": "inspection"}[kind]
    page = web_client("officer").get(f"/cases/new/{path}")
    names = {name.partition("-")[0] for name in re.findall(r' name="([^"]+)"', page.html)}
    assert sorted(set(facts_of(KINDS[kind])) - names) == []


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("ordinary", ["identity", "party", "weight", "filing"]),
        ("summary", ["identity", "party", "filing", "decision"]),
        ("measure", ["identity", "party", "weight", "power"]),
        ("inspection", ["identity", "party", "plan"]),
    ],
)
def test_a_new_form_shows_only_the_steps_it_needs(web_client: Open, path: str, steps: list[str]) -> None:
    assert shown_steps(web_client("officer").get(f"/cases/new/{path}")) == steps


def test_the_steps_already_taken_and_the_next_ones_are_shown(web_client: Open, office: Office, now: datetime) -> None:
    facts = {name: PENALTY[name] for name in ("number", "procedure", "filed_on", "notice_served_on")}
    with connected():
        case = operations.record(office.officer, "penalty", facts, now)
    steps = shown_steps(web_client("officer").get(f"/cases/{case.public_id}/edit"))
    assert {"filing", "notice", "decision"} <= set(steps)
    assert not {"service", "money", "closing", "transfer"} & set(steps)


def test_every_fault_stands_at_its_field_and_in_the_summary_and_nothing_typed_is_lost(web_client: Open) -> None:
    browser = web_client("officer")
    address = "/cases/new/ordinary"
    wrong = {
        "filed_on": "2026-02-30",
        "fine": "一千元",
        "discussion_attendees": "许多",
        "kinds": ["fine", "torture"],
        "pauses-0-to": "2026-01-20",
        "pauses-1-from": "2026-01-20",
        "pauses-1-to": "2026-01-10",
        "crime_suspected": "perhaps",
        "cause": "擅自占用道路经营",
        "handlers": ["12010001", "长" * 300],
    }
    page = browser.send(address, **{**form_of(browser.get(address)), **wrong})
    assert page.status == 422
    faulty = set(re.findall(r'<p class="fault" id="fault-([^"]+)">', page.html))
    assert faulty == {
        "filed_on",
        "fine",
        "discussion_attendees",
        "kinds",
        "pauses.0.from",
        "pauses.1.to",
        "crime_suspected",
        "handlers.1",
    }
    anchors = set(
        re.findall(r'<li><a href="#(field-[^"]+)">', page.html.partition('id="faults"')[2].partition("</div>")[0])
    )
    assert {f"field-{name}" for name in faulty} == anchors
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page.html] == []
    assert "不计入期限的期间 1 · 起" in page.text
    kept = form_of(page)
    assert kept["fine"] == ["一千元"] and kept["discussion_attendees"] == ["许多"]
    assert kept["cause"] == ["擅自占用道路经营"] and kept["handlers"] == ["12010001", "长" * 300, ""]
    assert kept["filed_on"] == ["2026-02-30"] and kept["pauses-1-from"] == ["2026-01-20"]
    assert Case.select().count() == 0


def test_faults_are_in_english_on_an_english_page(web_client: Open) -> None:
    browser = web_client("officer")
    browser.get("/cases/new/ordinary", lang="en")
    page = browser.send("/cases/new/ordinary", filed_on="2026-02-30")
    assert page.faults == {"filed_on": "Not a day of the calendar: 2026-02-30"}
    assert page.heading == "Penalty, ordinary procedure"


def test_amounts_are_read_as_people_write_them(web_client: Open) -> None:
    browser = web_client("officer")
    browser.send("/cases/new/ordinary", procedure="ordinary", fine="１，０００ 元", fine_max="2,000.5")
    held = facts_of_case(only())
    assert (held["fine"], held["fine_max"]) == ("1000.00", "2000.50")


def test_a_taken_number_is_a_fault_at_the_number(web_client: Open, office: Office, now: datetime) -> None:
    with connected():
        operations.record(office.officer, "penalty", PENALTY, now)
    page = web_client("officer").send("/cases/new/ordinary", number=PENALTY["number"], cause="另一案")
    assert page.status == 422
    assert page.faults == {"number": f"案号“{PENALTY['number']}”已被使用"}
    assert form_of(page)["cause"] == ["另一案"]


def test_nobody_records_for_a_foreign_agency(web_client: Open) -> None:
    page = web_client("officer").send("/cases/new/ordinary", agency="D-B", cause="x")
    assert page.status == 422 and set(page.faults) == {"agency"}
    assert Case.select().count() == 0


def test_checking_shows_what_the_law_says_and_stores_nothing(web_client: Open) -> None:
    later = ("decided_on", "served_on", "paid_on", "published_on", "platform_entered_on")
    facts = {name: value for name, value in typed(PENALTY).items() if name not in later and "waived" not in name}
    page = web_client("officer").send("/cases/new/ordinary", do="check", **facts)
    assert page.status == 200
    assert "处罚决定日期 下一步 最早 2026-01-21 最晚 2026-04-07" in page.text
    assert form_of(page)["number"] == [PENALTY["number"]]
    assert Case.select().count() == 0


def test_a_change_is_stored_and_written_to_the_audit(web_client: Open, office: Office, now: datetime) -> None:
    with connected():
        case = operations.record(office.officer, "penalty", PENALTY, now)
    browser = web_client("colleague")
    address = f"/cases/{case.public_id}/edit"
    sent = {**form_of(browser.get(address)), "closed_on": ["2026-03-01"], "published_on": [""]}
    page = browser.send(address, **sent)
    assert "更改已保存" in page.text
    assert "有 1 项问题需要处理" in page.text
    with connected():
        entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.actor_text, entry.changed) == (
        "colleague",
        {"closed_on": [None, "2026-03-01"], "published_on": ["2026-01-29", None]},
    )


def test_a_row_is_added_in_the_empty_one_and_taken_away_by_emptying_it(
    web_client: Open, office: Office, now: datetime
) -> None:
    with connected():
        case = operations.record(office.officer, "penalty", FACTS["ordinary"], now)
    browser = web_client("officer")
    address = f"/cases/{case.public_id}/edit"
    sent = form_of(browser.get(address))
    assert sent["pauses-2-from"] == [""]
    browser.send(address, **{**sent, "pauses-2-from": ["2026-01-24"], "pauses-0-from": [""], "pauses-0-to": [""],
                             "pauses-0-ground": [""]})  # fmt: skip
    assert facts_of_case(only())["pauses"] == [{"from": "2026-01-18"}, {"from": "2026-01-24"}]


@pytest.fixture
def stale(web_client: Open, office: Office, now: datetime) -> tuple[Case, Page]:
    """What an officer sees who saves after somebody else did."""
    with connected():
        case = operations.record(office.officer, "penalty", PENALTY, now)
    browser = web_client("officer")
    address = f"/cases/{case.public_id}/edit"
    sent = form_of(browser.get(address))
    with connected():
        operations.change(office.colleague, case.public_id, 1, {"place": "幸福路", "cause": "他人改的案由"}, now)
    page = browser.send(address, **{**sent, "cause": ["我改的案由"], "closed_on": ["2026-03-01"]})
    return case, page


def test_a_stale_change_shows_both_versions_and_loses_nothing(stale: tuple[Case, Page]) -> None:
    case, page = stale
    assert page.status == 409
    assert "案件已被他人修改" in page.text
    rows = re.findall(r"<tr>(.*?)</tr>", page.html.partition("两个版本的差异")[2].partition("</table>")[0], re.S)
    cells = [re.sub(r"<[^>]*>", " ", row).split() for row in rows[1:]]
    assert cells == [
        ["案由", "两人都改了，表单中是您的值", PENALTY["cause"], "他人改的案由", "我改的案由"],
        ["违法/检查地点", "—", "幸福路", "—"],
        ["结案日期", "—", "—", "2026-03-01"],
    ]
    kept = form_of(page)
    assert (kept["cause"], kept["place"], kept["closed_on"]) == (["我改的案由"], ["幸福路"], ["2026-03-01"])
    assert kept["version"] == ["2"]
    assert facts_of_case(only())["cause"] == "他人改的案由"


def test_saving_again_stores_both_people_s_changes(stale: tuple[Case, Page], web_client: Open) -> None:
    case, page = stale
    after = web_client("officer").send(f"/cases/{case.public_id}/edit", **form_of(page))
    assert after.path == f"/cases/{case.public_id}"
    held = facts_of_case(only())
    assert (held["cause"], held["place"], held["closed_on"]) == ("我改的案由", "幸福路", "2026-03-01")
    assert only().version == 3


def test_the_facts_at_each_earlier_version_are_read_back(office: Office, now: datetime) -> None:
    with connected():
        case = operations.record(office.officer, "penalty", PENALTY, now)
        for version, place in enumerate(("甲", "乙", "丙"), 1):
            case = operations.change(office.officer, case.public_id, version, {"place": place, "fine": None}, now)
        assert [facts_at(case, version).get("place") for version in (1, 2, 3, 4, 9)] == [None, "甲", "乙", "丙", "丙"]
        assert [facts_at(case, version).get("fine") for version in (1, 2)] == ["500.00", None]


def test_the_panel_follows_what_is_typed(web_client: Open) -> None:
    browser = web_client("officer")
    first = browser.send("/cases/live/penalty", procedure="ordinary", handlers=["1", "2"], filed_on="2026-01-05")
    assert "<html" not in first.html
    assert "事先告知书送达日期 下一步" in first.text
    assert "最晚 2026-04-07" in first.text
    second = browser.send("/cases/live/penalty", procedure="ordinary", complex="yes")
    assert "属于重大决定" in second.text and "疑难复杂" in second.text
    assert Case.select().count() == 0


def test_the_panel_names_what_it_could_not_read_and_checks_the_rest(web_client: Open) -> None:
    page = web_client("officer").send("/cases/live/penalty", procedure="ordinary", filed_on="2026-01-05", fine="x")
    assert "填写有误、未计入检查： 罚款数额" in page.text
    assert "最晚 2026-04-07" in page.text


def test_the_panel_uses_the_law_of_the_named_agency_only_if_one_may_see_it(web_client: Open) -> None:
    page = web_client("officer").send("/cases/live/penalty", agency="D-B", procedure="ordinary", complex="yes")
    assert (page.status, "属于重大决定" in page.text) == (200, True)


def test_an_unknown_kind_or_way_is_not_found(web_client: Open) -> None:
    browser = web_client("officer")
    assert browser.send("/cases/live/murder").status == 404
    assert browser.get("/cases/new/murder").status == 404


def test_a_code_is_judged_while_it_is_typed(web_client: Open) -> None:
    browser = web_client("officer")
    right = browser.send("/cases/code", party_code="91350100M000100Y43", party_kind="organisation")
    wrong = browser.send("/cases/code", party_code="91350100M000100Y44", party_kind="organisation")
    assert right.text == "✓ 统一社会信用代码校验通过"
    assert wrong.text.startswith("✗ 统一社会信用代码 91350100M000100Y44 第十八位校验不符")
    assert browser.send("/cases/code", party_code="").text == ""


@pytest.mark.parametrize("person", ["reviewer", "supervisor", "admin"])
def test_only_officers_record_and_change(web_client: Open, office: Office, now: datetime, person: str) -> None:
    with connected():
        case = operations.record(office.officer, "penalty", PENALTY, now)
    browser = web_client(person)
    for path in ("/cases/new", "/cases/new/ordinary", f"/cases/{case.public_id}/edit"):
        assert browser.get(path).status == 403, path
    for path in ("/cases/new/ordinary", f"/cases/{case.public_id}/edit"):
        assert browser.send(path, cause="x").status == 403, path
    assert browser.send("/cases/live/penalty", procedure="ordinary").status == 200
    assert (only().version, only().cause) == (1, PENALTY["cause"])


def test_a_foreign_case_is_not_changed_and_does_not_exist(web_client: Open, office: Office, now: datetime) -> None:
    with connected():
        case = operations.record(office.officer, "penalty", PENALTY, now)
    browser = web_client("stranger")
    assert browser.get(f"/cases/{case.public_id}/edit").status == 404
    assert browser.send(f"/cases/{case.public_id}/edit", version="1", cause="x").status == 404
    assert only().version == 1


def test_nobody_is_sent_to_sign_in(web_client: Open) -> None:
    for path in ("/cases/new", "/cases/new/ordinary"):
        assert web_client(None).get(path).path.startswith("/sign-in")


def test_a_form_without_its_hidden_word_is_refused(web_client: Open) -> None:
    browser = web_client("officer")
    for path in ("/cases/new/ordinary", "/cases/live/penalty", "/cases/code"):
        assert browser.send(path, csrf_token="0" * 64, cause="x").status == 403, path
    assert Case.select().count() == 0

"""What a digest says, word for word, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from enforcement.mail.digest import Digest
from enforcement.mail.digest import Item
from enforcement.mail.digest import Listed
from enforcement.mail.digest import Material
from enforcement.mail.digest import Person
from enforcement.mail.digest import ReviewItem
from enforcement.mail.digest import compose
from enforcement.mail.rendering import as_html
from enforcement.mail.rendering import as_text
from enforcement.mail.standing import Standing
from enforcement.mail.words import WORDS
from rules.facts import Text

DAY = date(2026, 3, 2)
BASE = "https://ledger.example"
OVERDUE = Item("01A", "示街罚立〔2026〕1号", "penalty", "占道经营", "O-25", "overdue", date(2026, 2, 4))
VIOLATED = Item("01B", None, "measure", "", "C-03", "violated", None)
SOON = Item("01C", "示街罚立〔2026〕2号", "penalty", "占道经营", "D-01", "pending", date(2026, 3, 3))
TODAY = Item("01D", "示街罚立〔2026〕3号", "penalty", "占道经营", "D-01", "pending", DAY)
WAITING = ReviewItem("01E", "示街罚立〔2026〕4号", "penalty", "违法建设", date(2026, 2, 20), None)
SENT_BACK = ReviewItem("01F", "示街罚立〔2026〕5号", "penalty", "违法建设", date(2026, 2, 27), "supplement")
REASONS = Counter({("parameter", "hearing_fine_individual"): 14, ("fact", "served_on"): 1, ("year", "2027"): 2})
STANDING = Standing(
    cases=12, passed=120, failed=10, pending=3, undetermined=17, waived=1, not_concerned=200, reasons=REASONS
)
LABELS = {"hearing_fine_individual": Text("听证罚款标准（个人）", "Hearing, fine of an individual")}


def material(**more: object) -> Material:
    """Nothing at all, but for what is given."""
    empty = Material(Listed(), 0, Listed(), Listed(), Listed(), Standing(), date(2025, 3, 3))
    return replace(empty, **more)  # type: ignore[arg-type]


def officers(language: str) -> Digest:
    """An officer's digest with something under every heading."""
    found = material(
        new=Listed([OVERDUE, VIOLATED], 5),
        earlier=4,
        soon=Listed([TODAY, SOON], 2),
        sent_back=Listed([SENT_BACK], 1),
        standing=STANDING,
        parameters=LABELS,
    )
    return compose(Person("li", "李四", "officer", language), found, DAY, 7)


CHINESE = """\
执法台账 · 每日提醒 · 2026-03-02

李四，您好：

# 上次通知以来新逾期或新发现的问题：5
- 示街罚立〔2026〕1号 行政处罚 占道经营
  O-25 处罚决定书当场交付或在七个工作日内送达
  逾期未办，最后期限 2026-02-04，已过 26 天
  https://ledger.example/cases/01A
- 无案号 行政强制
  C-03 强制措施由两名以上执法人员实施
  不符合规定
  https://ledger.example/cases/01B
- 另有 3 项

# 此前出现、仍未解决的问题：4

# 7 日内到期：2
- 示街罚立〔2026〕3号 行政处罚 占道经营
  D-01 行政处罚决定在七个工作日内公示
  最后期限 2026-03-02，今日到期
  https://ledger.example/cases/01D
- 示街罚立〔2026〕2号 行政处罚 占道经营
  D-01 行政处罚决定在七个工作日内公示
  最后期限 2026-03-03，还有 1 天
  https://ledger.example/cases/01C

# 法制审核退回：1
- 示街罚立〔2026〕5号 行政处罚 违法建设
  2026-02-27 审核意见：补充
  https://ledger.example/cases/01F

# 近十二个月的案件（2025-03-03 至 2026-03-02）
合规率 92.3 %：通过 120，未通过 10（未通过含逾期、迟办、违反）
不计入：待办 3，无法判断 17，已豁免 1，不涉及 200；案件 12 件

# 无法判断的原因
- 参数尚未设定：听证罚款标准（个人） — 14 件
- 缺少 2027 年节假日安排 — 2 件
- 未记录：决定书送达日期 — 1 件

https://ledger.example
本邮件由系统自动发出，请勿回复。
"""
ENGLISH = """\
Enforcement Ledger · Daily digest · 2026-03-02

Dear 李四,

# Overdue or wrong since the last mail: 5
- 示街罚立〔2026〕1号 Penalty 占道经营
  O-25 A decision is handed over on the spot or served in seven working days
  overdue, due 2026-02-04, 26 days over
  https://ledger.example/cases/01A
- no number Coercive measure
  C-03 Two or more officers carry out the measure
  violated
  https://ledger.example/cases/01B
- 3 more

# From before and still open: 4

# Due within 7 days: 2
- 示街罚立〔2026〕3号 Penalty 占道经营
  D-01 A penalty is published within seven working days
  due 2026-03-02, today
  https://ledger.example/cases/01D
- 示街罚立〔2026〕2号 Penalty 占道经营
  D-01 A penalty is published within seven working days
  due 2026-03-03, 1 day left
  https://ledger.example/cases/01C

# Sent back by legal review: 1
- 示街罚立〔2026〕5号 Penalty 违法建设
  answered 2026-02-27: To be supplemented
  https://ledger.example/cases/01F

# Cases of the last twelve months (2025-03-03 to 2026-03-02)
Rate 92.3 %: 120 passed, 10 failed (overdue, late or violated)
Beside it: 3 pending, 17 undetermined, 1 waived, 200 not concerned; 12 cases

# Undetermined for want of
- parameter not set: Hearing, fine of an individual — 14 cases
- working days of 2027, not decreed yet — 2 cases
- not recorded: Served on — 1 case

https://ledger.example
This mail was sent automatically; please do not reply.
"""
REVIEWER = """\
执法台账 · 每周汇总 · 2026-03-02

赵某，您好：

# 上次通知以来新逾期或新发现的问题：无

# 7 日内到期：无

# 待法制审核：1
- 示街罚立〔2026〕4号 行政处罚 违法建设
  2026-02-20 送审，已等待 10 天
  https://ledger.example/cases/01E

# 近十二个月的案件（2025-03-03 至 2026-03-02）
尚无已检查的事项
不计入：待办 0，无法判断 0，已豁免 0，不涉及 0；案件 0 件

https://ledger.example
本邮件由系统自动发出，请勿回复。
"""


def test_an_officer_reads_the_digest_in_chinese() -> None:
    digest = officers("zh")
    assert digest.subject == "[执法台账] 2026-03-02 新问题 5 · 7 日内到期 2 · 退回 1"
    assert as_text(digest, BASE) == CHINESE


def test_an_officer_reads_the_digest_in_english() -> None:
    digest = officers("en")
    assert digest.subject == "[Enforcement Ledger] 2026-03-02 5 new · 2 due within 7 days · 1 sent back"
    assert as_text(digest, BASE) == ENGLISH


def test_a_reviewer_reads_what_waits_and_that_nothing_was_checked() -> None:
    person = Person("zhao", "赵某", "reviewer", "zh")
    digest = compose(person, material(waiting=Listed([WAITING], 1)), DAY, 7)
    assert digest.subject == "[执法台账] 2026-03-02 待审核 1"
    assert as_text(digest, BASE) == REVIEWER


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_html_says_what_the_text_says(language: str) -> None:
    digest = officers(language)
    shown = re.sub(r"<style.*?</style>|<title>.*?</title>|<[^>]+>", " ", as_html(digest, BASE), flags=re.S)
    words = " ".join(shown.split())
    for line in as_text(digest, BASE).splitlines()[2:]:
        said = line.strip().removeprefix("# ").removeprefix("- ")
        if said and not said.startswith(BASE):
            heading, separator, number = said.rpartition("：" if language == "zh" else ": ")
            counted = number.isdigit() and separator
            assert (f"{heading} {number}" in words or said in words) if counted else said in words, said


def test_the_html_asks_for_nothing_from_anywhere() -> None:
    page = as_html(officers("zh"), BASE)
    assert set(re.findall(r"https?://[^/\"'<]+", page)) == {BASE}
    assert re.findall(r"(?i)<(?:img|script|link|style|iframe|object|form)|url\(|@import|\ssrc=", page) == []
    assert set(re.findall(r'href="([^"]+)"', page)) == {
        BASE,
        *(f"{BASE}/cases/{n}" for n in ("01A", "01B", "01C", "01D", "01F")),
    }


def test_what_people_wrote_is_no_markup_in_the_html() -> None:
    hostile = OVERDUE._replace(number="<b>1</b>", cause='"><script>alert(1)</script>')
    page = as_html(compose(Person("li", "<i>", "officer", "zh"), material(new=Listed([hostile], 1)), DAY, 7), BASE)
    assert "<script" not in page and "<b>1" not in page and "<i>" not in page
    assert "&lt;b&gt;1&lt;/b&gt;" in page


def test_an_officer_with_nothing_to_do_is_not_written_to() -> None:
    assert compose(Person("li", "李四", "officer", "zh"), material(standing=STANDING), DAY, 7).silent


@pytest.mark.parametrize(
    "something",
    [
        {"new": Listed([OVERDUE], 1)},
        {"earlier": 1},
        {"soon": Listed([SOON], 1)},
        {"sent_back": Listed([SENT_BACK], 1)},
    ],
)
def test_an_officer_with_anything_to_do_is_written_to(something: dict[str, object]) -> None:
    assert not compose(Person("li", "李四", "officer", "zh"), material(**something), DAY, 7).silent


@pytest.mark.parametrize("role", ["supervisor", "reviewer"])
def test_the_weekly_summary_always_comes(role: str) -> None:
    digest = compose(Person("wang", "王某", role, "zh"), material(), DAY, 7)
    assert not digest.silent
    assert digest.subject == "[执法台账] 2026-03-02 无新事项"


def test_a_rate_with_a_failure_in_it_is_never_shown_as_a_hundred_percent() -> None:
    assert "99.9 %" in as_text(
        compose(Person("li", "李四", "supervisor", "zh"), material(standing=Standing(passed=99_999, failed=1)), DAY, 7),
        BASE,
    )


def test_nothing_checked_has_no_rate() -> None:
    assert Standing(pending=5, undetermined=3).rate is None
    assert Standing(passed=1).rate == 1
    assert Standing(failed=1).rate == 0


@pytest.mark.parametrize("word", WORDS)
def test_every_sentence_is_there_in_both_languages_with_the_same_fields(word: str) -> None:
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in WORDS[word]]
    assert all(text.strip() for text in WORDS[word])
    assert fields[0] == fields[1]

"""Ids of the catalogue that no rule answers yet, and why: which fact, register or comparison is missing.

``NOT_BUILT["P-12"]`` says that a second fine for one act shows only between cases, while a rule sees one case.
"""

from __future__ import annotations

from rules.facts import Text

_REASONS: dict[str, tuple[str, str]] = {
    "P-01": (
        "缺少赋权事项清单（事项编码、公布日期、有效期），无从核对事项编码。",
        "There is no list of delegated items with their dates to hold the item code against.",
    ),
    "P-02": (
        "案件事实不含委托书（事项、权限、期限、公布）。",
        "The instrument of entrusting, its scope and its term are not among the facts.",
    ),
    "P-03": (
        "已登记是否属地，但未登记特殊管辖依据，不能仅凭不属地判错。",
        "Whether the place lies in the area is recorded, the ground of a special venue is not.",
    ),
    "P-06": (
        "案件事实不含回避申请、决定及利害关系。",
        "Applications for recusal, their decision and conflicts of interest are not among the facts.",
    ),
    "P-07": (
        "处罚与检查未登记出示证件；强制措施由 C-04 检查。",
        "Penalties and inspections do not record that credentials were shown; for measures C-04 asks.",
    ),
    "P-10": ("案件事实不含当事人责任能力。", "The capacity of the party is not among the facts."),
    "P-12": (
        "须与同一当事人的其他案件比对，单案规则看不到其他案件。",
        "It shows only between the cases of one party; a rule sees one case.",
    ),
    "P-13": (
        "已登记责令改正日期，但未登记“无法改正”的情形，缺项不能判错。",
        "The day of the order is recorded, that correction was impossible is not.",
    ),
    "P-14": (
        "案件事实不含违法所得及已退赔数额。",
        "Unlawful gains and what was refunded of them are not among the facts.",
    ),
    "P-15": (
        "案件事实不含不予处罚的决定、理由和教育记录。",
        "A decision not to punish, its ground and the record of education are not among the facts.",
    ),
    "P-16": (
        "案件事实不含初次违法、危害轻微、及时改正，且须查询以往案件。",
        "First offence, slight harm and prompt correction are not among the facts, and past cases must be searched.",
    ),
    "P-18": (
        "已登记裁量基准，但未登记裁量档次、偏离及其批准。",
        "The standard is recorded, the tier, a deviation and its approval are not.",
    ),
    "P-19": (
        "案件事实不含所引法律的版本和新旧法比较记录。",
        "The version of the law cited and the comparison of old and new are not among the facts.",
    ),
    "S-03": ("案件事实不含当场处罚决定书的各项内容。", "The contents of the summary decision are not among the facts."),
    "S-05": (
        "案件事实不含简易程序的口头告知和听取申辩。",
        "Telling and hearing in the summary procedure are not among the facts.",
    ),
    "O-01": (
        "已登记线索和立案日期，但未登记核查延期与不予立案。",
        "Clue and filing are recorded, an extension of the check and a decision not to file are not.",
    ),
    "O-04": (
        "未登记最后一份证据的日期；报告与其他步骤的先后由 O-28 检查。",
        "The day of the last evidence is not recorded; the order of the report among the steps is asked by O-28.",
    ),
    "O-15": (
        "案件事实不含听证笔录签字、公开情况和代理人数。",
        "Signature of the record, publicity and number of agents are not among the facts.",
    ),
    "O-21": (
        "已登记决定人姓名，但没有有权负责人的名册可供核对。",
        "Who decided is recorded, but there is no register of the heads who may decide.",
    ),
    "O-22": ("案件事实不含决定书的各项内容和印章。", "The contents and seal of the decision are not among the facts."),
    "O-26": (
        "送达方式为自由文本，未登记同意、见证、公告等要件。",
        "The method of service is free text; consent, witness and announcement are not recorded.",
    ),
    "O-27": (
        "案件事实不含各环节文书目录。",
        "The index of documents of each stage is not among the facts.",
    ),
    "M-02": ("案件事实不含收缴罚款的主体。", "Who collected the fine is not among the facts."),
    "M-07": (
        "已登记延期分期的批准，但未登记申请日期和分期计划。",
        "The approval of a deferral is recorded, the application and the plan are not.",
    ),
    "M-08": (
        "属于机关考核制度，不是单个案件的事实。",
        "It concerns how the agency appraises its people, not a single case.",
    ),
    "C-08": (
        "案件事实不含强制措施检测、检验、鉴定期间及其告知。",
        "Spans of tests during a measure and their notice are not among the facts.",
    ),
    "C-10": (
        "案件事实不含查封扣押清单的逐项内容。",
        "The single goods of the inventory are not among the facts.",
    ),
    "C-12": (
        "案件事实不含冻结数额；街道一般也无冻结权限（见 C-01）。",
        "The amount frozen is not among the facts; a subdistrict has no power to freeze in general (C-01).",
    ),
    "C-14": (
        "案件事实不含随案移送财物及书面告知。",
        "Handing over the goods with the case and telling the party are not among the facts.",
    ),
    "E-03": (
        "案件事实不含催告后的陈述申辩和复核。",
        "A statement after the demand and its re-check are not among the facts.",
    ),
    "E-04": ("案件事实不含强制执行决定书的内容。", "The contents of the execution decision are not among the facts."),
    "E-08": (
        "所需日期已登记，规则尚未编写。",
        "The days it needs are recorded; the rule is not written yet.",
    ),
    "E-10": (
        "案件事实不含立即代履行的场所和事后告知。",
        "The place of immediate performance and the notice afterwards are not among the facts.",
    ),
    "E-11": ("案件事实不含中止执行日期。", "The day on which execution was suspended is not among the facts."),
    "E-13": ("案件事实不含申请法院的材料。", "The documents of the application are not among the facts."),
    "I-05": (
        "须统计同一企业全年检查次数，且须有公布的频次上限。",
        "The inspections of one business in a year must be counted and the published cap known.",
    ),
    "I-06": (
        "已登记扫码时间，但不知当地是否已启用扫码入企。",
        "The scan is recorded; whether the code system runs at the place is not known.",
    ),
    "I-07": (
        "已登记计划批准日期，但未登记批准机关层级和备案。",
        "The approval of the plan is recorded, the level of who approved and the filing are not.",
    ),
    "I-08": (
        "须与同一企业的其他检查比对，单案规则看不到其他检查。",
        "It shows only between the inspections of one business; a rule sees one.",
    ),
    "I-09": (
        "案件事实不含事项能否非现场检查及其理由。",
        "Whether the item can be inspected off site, and the reason, are not among the facts.",
    ),
    "I-10": (
        "案件事实不含异地检查的依据或协助函。",
        "The basis or letter of assistance for an inspection outside the area is not among the facts.",
    ),
    "I-13": (
        "须有年度检查计划可供核对；案件只登记计划编号。",
        "The yearly plan must be there to compare; a case records only its number.",
    ),
    "I-14": (
        "案件事实不含“五个严禁、八个不得”逐项承诺。",
        "The attestation of the five prohibitions and eight must-nots is not among the facts.",
    ),
    "I-15": (
        "检查只登记所转案件的案号，立案日期在另一案件中。",
        "An inspection records only the number of the case it led to; its filing stands in that case.",
    ),
    "I-16": (
        "须统计各检查事项五年内的使用情况，不是单个案件的事实。",
        "It needs the use of each item over five years, not a single case.",
    ),
    "D-04": ("案件事实不含公示文本。", "The published text is not among the facts."),
    "D-05": ("双公示报送记录尚未生成，无可核对的字段。", "Records for the double publicity are not produced yet."),
    "D-06": (
        "报送记录尚未生成；当事人代码本身由 P-08 校验。",
        "Records for upload are not produced yet; the party's code itself is checked by P-08.",
    ),
    "D-07": (
        "报送记录尚未生成，没有以万元计的金额可核对。",
        "Records for upload, in ten thousand yuan, are not produced yet.",
    ),
    "D-08": (
        "案件事实不含公示截止日期和失信等级。",
        "The end of publicity and the class of the offence are not among the facts.",
    ),
    "D-09": (
        "须与本机关其他文书比对，单案规则看不到其他案件。",
        "A number is unique only among the agency's documents; a rule sees one case.",
    ),
    "D-11": (
        "年度数据的公布与报送属于机关事项，不是单个案件的事实。",
        "Publishing and reporting yearly figures is the agency's duty, not a fact of a case.",
    ),
    "D-12": (
        "须统计审核人员与执法人员的比例，不是单个案件的事实。",
        "It compares the numbers of reviewers and officers, not facts of a case.",
    ),
    "D-13": (
        "审核目录是否编制和更新属于机关事项，不是单个案件的事实。",
        "Whether the review catalogue exists and is current is the agency's duty, not a fact of a case.",
    ),
    "D-14": (
        "事前公开的各页面属于机关事项，不是单个案件的事实。",
        "What is published beforehand is the agency's duty, not a fact of a case.",
    ),
    "V-01": (
        "案件事实不含监督文书；条例规定的答复期限尚未核对原文。",
        "Supervision documents are not among the facts, and the regulation's term was not read in the norm itself.",
    ),
    "V-02": ("案件事实不含投诉举报的登记和答复。", "Complaints and their answers are not among the facts."),
    "V-03": (
        "案卷评查属于机关年度事项，不是单个案件的事实。",
        "File evaluation is a yearly duty, not a fact of a case.",
    ),
}

#: Rule id to the reason why there is no rule yet.
NOT_BUILT: dict[str, Text] = {rule_id: Text(*reason) for rule_id, reason in _REASONS.items()}

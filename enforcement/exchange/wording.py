"""What readers of files say, in Chinese and English."""

from __future__ import annotations

from rules.facts import Text

TOO_BIG = Text("文件超过 {limit} MB", "The file is larger than {limit} MB")
EMPTY_FILE = Text("文件是空的", "The file is empty")
NOTHING_TO_CHECK = Text("没有任何案件", "There is no case in it")
UNKNOWN_FORMAT = Text(
    "不认识的文件类型“{suffix}”；可用 .json、.csv、.xlsx", "Unknown type of file “{suffix}”; use .json, .csv or .xlsx"
)
OLD_WORKBOOK = Text("旧的 .xls 工作簿；请另存为 .xlsx", "An old .xls workbook; save it as .xlsx")
ENCRYPTED = Text("工作簿有密码；请去掉密码后再试", "The workbook is protected by a password; remove it first")
NOT_A_WORKBOOK = Text("不是 XLSX 工作簿", "Not an XLSX workbook")
BROKEN_WORKBOOK = Text("工作簿已损坏：{reason}", "The workbook is broken: {reason}")
IS_A_WORKBOOK = Text(
    "内容是工作簿，文件名却是“{suffix}”；请改为 .xlsx", "It holds a workbook but is called “{suffix}”; call it .xlsx"
)
TOO_MANY_PARTS = Text("压缩包内有 {count} 个部分，上限 {limit}", "The archive has {count} parts; at most {limit}")
UNPACKS_TOO_BIG = Text(
    "解压后超过 {limit} MB（疑为压缩炸弹）", "It unpacks to more than {limit} MB (it looks like a zip bomb)"
)
PACKED_TOO_TIGHT = Text(
    "压缩比超过 {limit}（疑为压缩炸弹）", "It is packed more than {limit} to 1 (it looks like a zip bomb)"
)
AREA_TOO_LARGE = Text(
    "{part} 使用的区域到 {column} 列 {row} 行，过大；请删除多余的行列",
    "{part} uses an area up to column {column}, row {row}: too large; delete rows and columns that are not needed",
)

NOT_UTF8 = Text("不是 UTF-8 文本（第 {place} 个字节）", "Not UTF-8 text (byte {place})")
NOT_TEXT_FILE = Text("既不是 UTF-8 也不是 GB18030 文本", "Neither UTF-8 nor GB18030 text")
NUL_BYTE = Text(
    "含有空字节，不是文本文件（若为 UTF-16，请另存为“CSV UTF-8”）",
    "Holds NUL bytes, so it is no text file (if it is UTF-16, save it as “CSV UTF-8”)",
)
BROKEN_CSV = Text("CSV 格式错误：{reason}", "Broken CSV: {reason}")

LINE = Text("第 {line} 行第 {column} 列", "line {line}, column {column}")
JSON_SYNTAX = Text("JSON 语法错误：{reason}", "Not JSON: {reason}")
JSON_DUPLICATE = Text("同一对象中“{key}”出现两次", "“{key}” stands twice in one object")
JSON_CONSTANT = Text("JSON 没有 {value}", "JSON has no {value}")
JSON_TOO_DEEP = Text("嵌套超过 {limit} 层", "Nested more than {limit} levels deep")
JSON_LONG_NUMBER = Text("数字过长", "The number is too long")
JSON_SHAPE = Text('应为 {{"kind": …, "facts": {{…}}}} 的列表', 'Must be a list of {{"kind": …, "facts": {{…}}}}')
JSON_ITEM = Text('应为对象 {{"kind": …, "facts": {{…}}}}', 'Must be an object {{"kind": …, "facts": {{…}}}}')
JSON_UNKNOWN_KEY = Text("不认识的项；只有 kind 和 facts", "Unknown; there are only kind and facts")
UNKNOWN_KIND = Text("不认识的案件种类；可用：{kinds}", "Unknown kind of case; permitted: {kinds}")
MISSING_KIND = Text("缺少案件种类；可用：{kinds}", "The kind of case is missing; permitted: {kinds}")
MISSING_FACTS = Text("缺少 facts", "facts are missing")

NO_KIND_COLUMN = Text(
    "没有“kind”或“类别”列，工作表也未以案件种类（处罚、强制、检查）命名",
    "There is no column “kind” and the sheet is not named by a kind of case (penalty, measure, inspection)",
)
UNKNOWN_HEADING = Text("不认识的表头“{heading}”", "Unknown heading “{heading}”")
HEADING_OF_ANOTHER_KIND = Text(
    "表头“{heading}”不是{kind}的事实", "The heading “{heading}” is no fact of this kind of case: {kind}"
)
DUPLICATE_HEADING = Text("表头“{heading}”与 {other} 重复", "The heading “{heading}” is the same as in {other}")
SAME_FACT = Text(
    "表头“{heading}”与 {other}“{first}”是同一事实（{fact}）",
    "The heading “{heading}” is the same fact ({fact}) as “{first}” in {other}",
)
NO_HEADING = Text("有内容，但该列没有表头", "There is a value, but the column has no heading")
NO_ROWS = Text("表头之下没有数据行", "There are no rows under the headings")
EMPTY_SHEETS = Text("工作簿中没有任何内容", "There is nothing in the workbook")
NOT_OF_KIND = Text(
    "{kind}没有“{heading}”这一事实；请清空", "“{heading}” is no fact of this kind of case ({kind}); clear it"
)

CELL_HOLDS_ERROR = Text(
    "单元格是公式的错误值（如 #N/A、#REF!）", "The cell holds the error value of a formula, such as #N/A or #REF!"
)
CELL_ERROR = Text("单元格是错误值 {value}", "The cell holds the error {value}")
CELL_DATE_NOT_TEXT = Text(
    "单元格是日期；请设为文本格式后重新填写", "The cell holds a date; format it as text and write it again"
)
DIGITS_LOST = Text(
    "单元格是超过 15 位的数字，末尾几位已丢失；请设为文本格式后重新填写",
    "The cell holds a number of more than 15 digits, whose last ones are lost; format it as text and write it again",
)
CELL_DATE = Text(
    "应为日期，例如 2026-02-12、2026/2/12 或 2026年2月12日：{value}",
    "Must be a date, such as 2026-02-12 or 2026/2/12: {value}",
)
HAS_A_TIME = Text("这一事实是日期，请去掉时间：{value}", "This fact is a date; remove the time of day: {value}")
CELL_YES_NO = Text("应为 是 或 否", "Must be yes or no")
CELL_RECORDS = Text("应写作 {form}，多项以分号隔开", "Must be written {form}, several separated by semicolons")

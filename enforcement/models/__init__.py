"""The tables, one module a noun; import models from here.

Every row has an internal ``id`` (64 bits, never shown as a number); ``public_id`` is what is shown outside. ``?`` marks
what may be None. UTC is an aware moment, read back in UTC; day is a date. A foreign key ``x`` has its row id in ``x_id``.

* Agency ``agencies``: code, name_zh, name_en, parent?, level, path "/TJ/BC/SHC/", created_at UTC
* Officer ``officers``: public_id, agency, number, name, valid_from? day, valid_until? day, auxiliary,
  legal_qualification, first_reviewed_on? day, active
* User ``users``: public_id, login, name, email, role, agency, officer?, language, password_hash?, active, created_at UTC
* Token ``tokens``: public_id, user, name, hash, prefix, scopes, created_at UTC, expires_at? UTC, last_used_at? UTC,
  revoked_at? UTC
* Session ``sessions``: public_id, user, hash, created_at UTC, seen_at UTC, expires_at UTC, address, agent, notices (list)
* SignInCounter ``sign_in_counters``: key, attempts, since UTC
* SecondFactor ``second_factors``: user (one each), secret, created_at UTC, confirmed_at? UTC, last_step
* RecoveryCode ``recovery_codes``: factor, hash
* PendingSignIn ``pending_sign_ins``: user, hash, created_at UTC, expires_at UTC
* Case ``cases``: public_id, kind, agency, number?, version, created_by?, created_at UTC, updated_at UTC, facts (canonical
  JSON text), cause, field, party_name, party_code, handlers (numbers between spaces), event_on? day, decided_on? day,
  closed_on? day, platform_entered_on? day, extract, worst_state?, flagged, grams
* Attachment ``attachments``: public_id, case, name, note, media_type, size (bytes), sha256, uploaded_by, uploaded_at UTC,
  removed_by?, removed_at? UTC, removal
* AttachmentPart ``attachment_parts``: attachment, place (0, 1, 2 …), content (bytes); one an (attachment, place)
* Finding ``findings``: public_id, case, agency, kind, rule, state, severity, due? day, due_at? UTC, parameter?,
  opened_at UTC, changed_at UTC, closed_at? UTC, waived; one a (case, rule)
* FindingEvent ``finding_events``: finding, at UTC, day, from_state?, to_state?
* Response ``responses``: public_id, finding, by, at UTC, text
* Waiver ``waivers``: public_id, finding, ground, document, proposed_by, proposed_at UTC, approved_by?, approved_at? UTC,
  refused_by?, refused_at? UTC, refusal, last_day day
* Review ``reviews``: public_id, case, submitted_by, submitted_at UTC, status, reviewer?, answered_at? UTC, result?, opinion,
  items (dict)
* SweepRun ``sweep_runs``: job, slot, claimed_by?, claimed_until? UTC, attempts, started_at UTC, finished_at? UTC,
  outcome? (any JSON); one a (job, slot)
* Mail ``mails``: public_id, user, kind, slot, to_address, language, created_at UTC, claimed_by?, claimed_until? UTC,
  attempts, next_attempt_at UTC, sent_at? UTC, error?, message_id, subject?; one a (user, kind, slot)
* ParameterValue ``parameter_values``: public_id, agency?, name, value (any JSON), from_ day, until? day, source, confirmed,
  checked_on? day, entered_by?, entered_at UTC
* CatalogueEntry ``catalogue_entries``: public_id, agency, code, entry (dict of rules.law.Entry), from_ day, until? day,
  entered_by?, entered_at UTC; one an (agency, code, from_)
* Feed ``feeds``: public_id, user, name, scope, hash, created_at UTC, read_at? UTC, revoked_at? UTC
* AuditEntry ``audit_entries``: id (1, 2, 3 …), at UTC, actor?, actor_text, action, subject_kind, subject_id, changes
  (canonical JSON text; ``changed`` is the dict), previous_hash, hash
* AuditHead ``audit_head``: id 1, seq, hash

Write to them inside ``enforcement.db.run`` or an ``@operation``, and write to the audit last in the transaction
(``enforcement.audit.operations.record``), since writers queue there::

    case = Case.get(Case.public_id == public_id)
    changed = Case.update(facts=text, version=Case.version + 1).where(Case.id == case.id, Case.version == seen).execute()
"""

from enforcement.models.accounts import Agency
from enforcement.models.accounts import Officer
from enforcement.models.accounts import Token
from enforcement.models.accounts import User
from enforcement.models.attachment import Attachment
from enforcement.models.attachment import AttachmentPart
from enforcement.models.audit import AuditEntry
from enforcement.models.audit import AuditHead
from enforcement.models.case import Case
from enforcement.models.feed import Feed
from enforcement.models.fields import canonical_json
from enforcement.models.fields import public_id
from enforcement.models.finding import Finding
from enforcement.models.finding import FindingEvent
from enforcement.models.finding import Response
from enforcement.models.finding import Waiver
from enforcement.models.law import CatalogueEntry
from enforcement.models.law import ParameterValue
from enforcement.models.mail import Mail
from enforcement.models.review import Review
from enforcement.models.second_factor import PendingSignIn
from enforcement.models.second_factor import RecoveryCode
from enforcement.models.second_factor import SecondFactor
from enforcement.models.session import Session
from enforcement.models.session import SignInCounter
from enforcement.models.sweep import SweepRun

#: Every table that has a model.
MODELS = (
    Agency,
    Officer,
    User,
    Token,
    Session,
    SignInCounter,
    SecondFactor,
    RecoveryCode,
    PendingSignIn,
    Case,
    Attachment,
    AttachmentPart,
    Finding,
    FindingEvent,
    Response,
    Waiver,
    Review,
    SweepRun,
    Mail,
    ParameterValue,
    CatalogueEntry,
    Feed,
    AuditEntry,
    AuditHead,
)

__all__ = [
    "MODELS",
    "Agency",
    "Attachment",
    "AttachmentPart",
    "AuditEntry",
    "AuditHead",
    "Case",
    "CatalogueEntry",
    "Feed",
    "Finding",
    "FindingEvent",
    "Mail",
    "Officer",
    "ParameterValue",
    "PendingSignIn",
    "RecoveryCode",
    "Response",
    "Review",
    "SecondFactor",
    "Session",
    "SignInCounter",
    "SweepRun",
    "Token",
    "User",
    "Waiver",
    "canonical_json",
    "public_id",
]

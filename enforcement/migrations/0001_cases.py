"""Agencies and who works in them; cases, their findings, and what people did about them."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

TABLES = """
CREATE TABLE agencies (
    id {id},
    code VARCHAR(64) NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    parent_id {long},
    level VARCHAR(16) NOT NULL,
    path TEXT NOT NULL,
    created_at {moment} NOT NULL,
    FOREIGN KEY (parent_id) REFERENCES agencies (id),
    CHECK (level IN ('subdistrict', 'township', 'district', 'city', 'other'))
);
CREATE UNIQUE INDEX agencies_code ON agencies (code);
CREATE INDEX agencies_parent_id ON agencies (parent_id);
CREATE UNIQUE INDEX agencies_path ON agencies (path);

CREATE TABLE officers (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    agency_id {long} NOT NULL,
    number VARCHAR(64) NOT NULL,
    name TEXT NOT NULL,
    valid_from DATE,
    valid_until DATE,
    auxiliary {flag} NOT NULL,
    legal_qualification {flag} NOT NULL,
    first_reviewed_on DATE,
    active {flag} NOT NULL,
    FOREIGN KEY (agency_id) REFERENCES agencies (id)
);
CREATE UNIQUE INDEX officers_public_id ON officers (public_id);
CREATE INDEX officers_agency_id ON officers (agency_id);
CREATE UNIQUE INDEX officers_number ON officers (number);

CREATE TABLE users (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    login VARCHAR(64) NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    role VARCHAR(16) NOT NULL,
    agency_id {long} NOT NULL,
    officer_id {long},
    language VARCHAR(8) NOT NULL,
    password_hash TEXT,
    active {flag} NOT NULL,
    created_at {moment} NOT NULL,
    FOREIGN KEY (agency_id) REFERENCES agencies (id),
    FOREIGN KEY (officer_id) REFERENCES officers (id),
    CHECK (role IN ('officer', 'reviewer', 'supervisor', 'admin')),
    CHECK (language IN ('zh', 'en'))
);
CREATE UNIQUE INDEX users_public_id ON users (public_id);
CREATE UNIQUE INDEX users_login ON users (login);
CREATE INDEX users_agency_id ON users (agency_id);
CREATE INDEX users_officer_id ON users (officer_id);

CREATE TABLE tokens (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    user_id {long} NOT NULL,
    name TEXT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    prefix VARCHAR(16) NOT NULL,
    scopes TEXT NOT NULL,
    created_at {moment} NOT NULL,
    expires_at {moment},
    last_used_at {moment},
    revoked_at {moment},
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX tokens_public_id ON tokens (public_id);
CREATE INDEX tokens_user_id ON tokens (user_id);
CREATE UNIQUE INDEX tokens_hash ON tokens (hash);

CREATE TABLE cases (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    agency_id {long} NOT NULL,
    number TEXT,
    version INTEGER NOT NULL,
    created_by_id {long},
    created_at {moment} NOT NULL,
    updated_at {moment} NOT NULL,
    facts TEXT NOT NULL,
    cause TEXT NOT NULL,
    field TEXT NOT NULL,
    party_name TEXT NOT NULL,
    party_code TEXT NOT NULL,
    handlers TEXT NOT NULL,
    event_on DATE,
    decided_on DATE,
    closed_on DATE,
    platform_entered_on DATE,
    extract {flag} NOT NULL,
    worst_state VARCHAR(16),
    flagged {flag} NOT NULL,
    grams TEXT NOT NULL,
    FOREIGN KEY (agency_id) REFERENCES agencies (id),
    FOREIGN KEY (created_by_id) REFERENCES users (id),
    CHECK (kind IN ('penalty', 'measure', 'inspection'))
);
CREATE UNIQUE INDEX cases_public_id ON cases (public_id);
CREATE UNIQUE INDEX cases_agency_id_kind_number ON cases (agency_id, kind, number);
CREATE INDEX cases_by_agency_event ON cases (agency_id, kind, event_on, id);
CREATE INDEX cases_by_event ON cases (kind, event_on, id);
CREATE INDEX cases_flagged ON cases (agency_id, event_on, id) WHERE flagged;

CREATE TABLE findings (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    case_id {long} NOT NULL,
    agency_id {long} NOT NULL,
    kind VARCHAR(16) NOT NULL,
    rule VARCHAR(16) NOT NULL,
    state VARCHAR(16) NOT NULL,
    severity VARCHAR(16) NOT NULL,
    due DATE,
    due_at {moment},
    parameter TEXT,
    opened_at {moment} NOT NULL,
    changed_at {moment} NOT NULL,
    closed_at {moment},
    waived {flag} NOT NULL,
    FOREIGN KEY (case_id) REFERENCES cases (id),
    FOREIGN KEY (agency_id) REFERENCES agencies (id),
    CHECK (kind IN ('penalty', 'measure', 'inspection')),
    CHECK (state IN ('late', 'pending', 'overdue', 'violated', 'undetermined')),
    CHECK (severity IN ('fatal', 'error', 'warning', 'info'))
);
CREATE UNIQUE INDEX findings_public_id ON findings (public_id);
CREATE UNIQUE INDEX findings_case_id_rule ON findings (case_id, rule);
CREATE INDEX findings_pending ON findings (due, id) WHERE state = 'pending' AND closed_at IS NULL;
CREATE INDEX findings_open ON findings (agency_id, state, severity, rule) WHERE closed_at IS NULL;
CREATE INDEX findings_parameter ON findings (parameter) WHERE parameter IS NOT NULL AND closed_at IS NULL;

CREATE TABLE finding_events (
    id {id},
    finding_id {long} NOT NULL,
    at {moment} NOT NULL,
    day DATE NOT NULL,
    from_state VARCHAR(16),
    to_state VARCHAR(16),
    FOREIGN KEY (finding_id) REFERENCES findings (id)
);
CREATE INDEX finding_events_finding_id ON finding_events (finding_id);
CREATE INDEX finding_events_at ON finding_events (at);

CREATE TABLE responses (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    finding_id {long} NOT NULL,
    by_id {long} NOT NULL,
    at {moment} NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (finding_id) REFERENCES findings (id),
    FOREIGN KEY (by_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX responses_public_id ON responses (public_id);
CREATE INDEX responses_finding_id ON responses (finding_id);

CREATE TABLE waivers (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    finding_id {long} NOT NULL,
    ground TEXT NOT NULL,
    document TEXT NOT NULL,
    proposed_by_id {long} NOT NULL,
    proposed_at {moment} NOT NULL,
    approved_by_id {long},
    approved_at {moment},
    refused_by_id {long},
    refused_at {moment},
    refusal TEXT NOT NULL,
    last_day DATE NOT NULL,
    FOREIGN KEY (finding_id) REFERENCES findings (id),
    FOREIGN KEY (proposed_by_id) REFERENCES users (id),
    FOREIGN KEY (approved_by_id) REFERENCES users (id),
    FOREIGN KEY (refused_by_id) REFERENCES users (id),
    CHECK (approved_by_id IS NULL OR approved_by_id <> proposed_by_id),
    CHECK (approved_at IS NULL OR refused_at IS NULL)
);
CREATE UNIQUE INDEX waivers_public_id ON waivers (public_id);
CREATE INDEX waivers_finding_id ON waivers (finding_id);
CREATE INDEX waivers_last_day ON waivers (last_day);

CREATE TABLE reviews (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    case_id {long} NOT NULL,
    submitted_by_id {long} NOT NULL,
    submitted_at {moment} NOT NULL,
    status VARCHAR(16) NOT NULL,
    reviewer_id {long},
    answered_at {moment},
    result VARCHAR(16),
    opinion TEXT NOT NULL,
    items TEXT NOT NULL,
    FOREIGN KEY (case_id) REFERENCES cases (id),
    FOREIGN KEY (submitted_by_id) REFERENCES users (id),
    FOREIGN KEY (reviewer_id) REFERENCES users (id),
    CHECK (status IN ('waiting', 'answered', 'withdrawn')),
    CHECK (result IN ('passed', 'correct', 'supplement', 'transfer')),
    CHECK (reviewer_id IS NULL OR reviewer_id <> submitted_by_id)
);
CREATE UNIQUE INDEX reviews_public_id ON reviews (public_id);
CREATE INDEX reviews_case_id ON reviews (case_id);
CREATE INDEX reviews_status_submitted_at ON reviews (status, submitted_at);
"""


def up(database: peewee.Database) -> None:
    """Create the tables of the people and of the cases."""
    execute(database, TABLES)

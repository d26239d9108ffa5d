-- Version 1. Instants are ISO 8601 in UTC, days ISO 8601; lists without rules of their own are JSON.

CREATE TABLE post_mortem (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    deleted_at TEXT,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at TEXT NOT NULL,
    occurred_on TEXT,
    zone TEXT NOT NULL,
    rehearsal INTEGER NOT NULL,
    boxes TEXT NOT NULL,
    norms_read TEXT NOT NULL,
    agreed_at TEXT,
    agreement_amended INTEGER,
    impact TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    no_actions_because TEXT NOT NULL,
    summary TEXT NOT NULL,
    landed_at TEXT,
    part_two_on TEXT,
    report_owner TEXT NOT NULL,
    audience TEXT NOT NULL,
    share_on TEXT,
    follow_up_on TEXT,
    learned INTEGER,
    closed_at TEXT
);

CREATE TABLE person (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    present INTEGER NOT NULL,
    PRIMARY KEY (post_mortem, id)
);

CREATE TABLE entry (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT,
    until TEXT,
    approximate INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    evidence TEXT NOT NULL,
    acted_on INTEGER,
    PRIMARY KEY (post_mortem, id)
);

CREATE TABLE dissent (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (post_mortem, id)
);

CREATE TABLE cause (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    parent TEXT,
    mark TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (post_mortem, id),
    FOREIGN KEY (post_mortem, parent) REFERENCES cause (post_mortem, id)
);

CREATE TABLE evidence (
    post_mortem TEXT NOT NULL,
    cause TEXT NOT NULL,
    entry TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (post_mortem, cause, entry),
    FOREIGN KEY (post_mortem, cause) REFERENCES cause (post_mortem, id) ON DELETE CASCADE,
    FOREIGN KEY (post_mortem, entry) REFERENCES entry (post_mortem, id)
);

CREATE TABLE settlement (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    reopened_at TEXT,
    PRIMARY KEY (post_mortem, id)
);

CREATE TABLE settled_cause (
    post_mortem TEXT NOT NULL,
    settlement TEXT NOT NULL,
    cause TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (post_mortem, settlement, cause),
    FOREIGN KEY (post_mortem, settlement) REFERENCES settlement (post_mortem, id) ON DELETE CASCADE,
    FOREIGN KEY (post_mortem, cause) REFERENCES cause (post_mortem, id)
);

-- The gate: an action carries its settlement and its first cause, and both must stand in settled_cause.
CREATE TABLE action (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    settlement TEXT NOT NULL,
    cause TEXT NOT NULL,
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT,
    type TEXT,
    done_when TEXT NOT NULL,
    effect TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    read_back INTEGER NOT NULL,
    PRIMARY KEY (post_mortem, id),
    UNIQUE (post_mortem, id, settlement),
    FOREIGN KEY (post_mortem, settlement, cause) REFERENCES settled_cause (post_mortem, settlement, cause)
);

CREATE TABLE action_cause (
    post_mortem TEXT NOT NULL,
    action TEXT NOT NULL,
    settlement TEXT NOT NULL,
    cause TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (post_mortem, action, cause),
    FOREIGN KEY (post_mortem, action, settlement) REFERENCES action (post_mortem, id, settlement) ON DELETE CASCADE,
    FOREIGN KEY (post_mortem, settlement, cause) REFERENCES settled_cause (post_mortem, settlement, cause)
);

CREATE TABLE parked_fix (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    fate TEXT NOT NULL,
    reason TEXT NOT NULL,
    action TEXT,
    PRIMARY KEY (post_mortem, id),
    FOREIGN KEY (post_mortem, action) REFERENCES action (post_mortem, id)
);

CREATE TABLE strength (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    area TEXT NOT NULL,
    text TEXT NOT NULL,
    keep INTEGER NOT NULL,
    PRIMARY KEY (post_mortem, id)
);

CREATE TABLE accepted_risk (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    cause TEXT NOT NULL,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (post_mortem, cause),
    FOREIGN KEY (post_mortem, cause) REFERENCES cause (post_mortem, id)
);

CREATE TABLE question (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (post_mortem, id)
);

-- The running meeting and half-typed lines: kept beside the post-mortem, untouched by undo.
CREATE TABLE sitting (
    post_mortem TEXT NOT NULL PRIMARY KEY REFERENCES post_mortem (id) ON DELETE CASCADE,
    value TEXT NOT NULL
);

CREATE TABLE draft (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (post_mortem, step)
);

-- Every change, both ways, so that undo survives a restart.
CREATE TABLE journal (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    label TEXT NOT NULL,
    undone INTEGER NOT NULL,
    forward TEXT NOT NULL,
    backward TEXT NOT NULL,
    PRIMARY KEY (post_mortem, seq)
);

-- The gate once more, for programs that open this file without foreign keys (the sqlite3 shell does).
CREATE TRIGGER action_needs_settled_cause BEFORE INSERT ON action
WHEN NOT EXISTS (
    SELECT 1 FROM settled_cause AS settled
    WHERE settled.post_mortem = NEW.post_mortem AND settled.settlement = NEW.settlement AND settled.cause = NEW.cause
)
BEGIN
    SELECT RAISE(ABORT, 'no action without a settled cause');
END;

CREATE TRIGGER action_keeps_settled_cause BEFORE UPDATE OF post_mortem, settlement, cause ON action
WHEN NOT EXISTS (
    SELECT 1 FROM settled_cause AS settled
    WHERE settled.post_mortem = NEW.post_mortem AND settled.settlement = NEW.settlement AND settled.cause = NEW.cause
)
BEGIN
    SELECT RAISE(ABORT, 'no action without a settled cause');
END;

CREATE TRIGGER further_cause_needs_settling BEFORE INSERT ON action_cause
WHEN NOT EXISTS (
    SELECT 1 FROM settled_cause AS settled
    WHERE settled.post_mortem = NEW.post_mortem AND settled.settlement = NEW.settlement AND settled.cause = NEW.cause
)
BEGIN
    SELECT RAISE(ABORT, 'no action without a settled cause');
END;

-- What the room may call complete: a trigger, a root cause, and no line left open.
CREATE VIEW leaf AS
SELECT line.post_mortem, line.id, line.mark FROM cause AS line
WHERE NOT EXISTS (
    SELECT 1 FROM cause AS answer WHERE answer.post_mortem = line.post_mortem AND answer.parent = line.id
);

CREATE VIEW ready AS
SELECT pm.id AS post_mortem FROM post_mortem AS pm
WHERE trim(pm."trigger") <> ''
AND EXISTS (SELECT 1 FROM leaf WHERE leaf.post_mortem = pm.id AND leaf.mark = 'root cause')
AND NOT EXISTS (SELECT 1 FROM leaf WHERE leaf.post_mortem = pm.id AND leaf.mark = 'open');

CREATE TRIGGER settlement_needs_causes BEFORE INSERT ON settlement
WHEN NEW.reopened_at IS NULL AND NOT EXISTS (SELECT 1 FROM ready WHERE ready.post_mortem = NEW.post_mortem)
BEGIN
    SELECT RAISE(ABORT, 'the causes are not ready to be settled');
END;

CREATE TRIGGER settlement_stands_again_on_causes BEFORE UPDATE OF reopened_at ON settlement
WHEN NEW.reopened_at IS NULL AND NOT EXISTS (SELECT 1 FROM ready WHERE ready.post_mortem = NEW.post_mortem)
BEGIN
    SELECT RAISE(ABORT, 'the causes are not ready to be settled');
END;
-- Version 2: an entry may know its day alone, and what was known at its moment; moments to measure between.

ALTER TABLE entry ADD COLUMN day TEXT;
ALTER TABLE entry ADD COLUMN known TEXT NOT NULL DEFAULT '';

CREATE TABLE anchor (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    anchor TEXT NOT NULL,
    position INTEGER NOT NULL,
    entry TEXT,
    PRIMARY KEY (post_mortem, anchor),
    FOREIGN KEY (post_mortem, entry) REFERENCES entry (post_mortem, id)
);
-- Version 3: what is gathered before the meeting and what comes after it, written post-mortems, and search.

ALTER TABLE post_mortem ADD COLUMN severity TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN happened TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN lasted TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN people_affected TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN contacts TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN money TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN links TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN team TEXT NOT NULL DEFAULT '';
ALTER TABLE post_mortem ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE post_mortem ADD COLUMN meets_at TEXT;
ALTER TABLE person ADD COLUMN involvement TEXT;
ALTER TABLE action ADD COLUMN moved_at TEXT;

CREATE TABLE sharing (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (post_mortem, id)
);

CREATE TABLE follow_up (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (post_mortem, id)
);

CREATE TABLE finding (
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    follow_up TEXT NOT NULL,
    action TEXT NOT NULL,
    effect TEXT,
    note TEXT NOT NULL,
    link TEXT NOT NULL,
    elsewhere TEXT NOT NULL,
    PRIMARY KEY (post_mortem, id),
    FOREIGN KEY (post_mortem, follow_up) REFERENCES follow_up (post_mortem, id),
    FOREIGN KEY (post_mortem, action) REFERENCES action (post_mortem, id)
);

-- Tags once more, so that one of them is found without reading every post-mortem.
CREATE TABLE tag (
    tag TEXT NOT NULL,
    post_mortem TEXT NOT NULL REFERENCES post_mortem (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, post_mortem)
) WITHOUT ROWID;

CREATE INDEX tag_of ON tag (post_mortem);

CREATE TRIGGER post_mortem_is_tagged AFTER INSERT ON post_mortem WHEN NEW.tags <> '[]'
BEGIN
    INSERT INTO tag (tag, post_mortem) SELECT DISTINCT value, NEW.id FROM json_each(NEW.tags);
END;

CREATE TRIGGER post_mortem_is_tagged_anew AFTER UPDATE OF tags ON post_mortem WHEN NEW.tags <> OLD.tags
BEGIN
    DELETE FROM tag WHERE post_mortem = NEW.id;
    INSERT INTO tag (tag, post_mortem) SELECT DISTINCT value, NEW.id FROM json_each(NEW.tags);
END;

-- A post-mortem that was written elsewhere. Its actions are words: none of them is in the table `action`.
CREATE TABLE record (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    taken_in_at TEXT NOT NULL,
    occurred_on TEXT,
    text TEXT NOT NULL,
    deleted_at TEXT
);

CREATE TABLE record_passage (
    record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    "when" TEXT NOT NULL,
    PRIMARY KEY (record, position)
);

CREATE INDEX record_passage_part ON record_passage (part, record);

-- Everything that can be searched, brought up to date when somebody searches: the room never waits for it, and
-- words that were put better before that are never in it.
CREATE TABLE passage (
    id INTEGER NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    part TEXT NOT NULL,
    item TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE INDEX passage_owner ON passage (owner);

CREATE TABLE searchable (
    owner TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIRTUAL TABLE passage_words USING fts5 (
    text, content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3'
);

-- What the library, the board and the greeting ask for.
CREATE INDEX post_mortem_day ON post_mortem (coalesce(occurred_on, substr(created_at, 1, 10)), created_at)
WHERE deleted_at IS NULL;
CREATE INDEX post_mortem_left_out ON post_mortem (id) WHERE deleted_at IS NOT NULL OR rehearsal <> 0;
CREATE INDEX post_mortem_follow_up ON post_mortem (follow_up_on);
CREATE INDEX post_mortem_team ON post_mortem (team);
CREATE INDEX action_due ON action (state, due, post_mortem);
CREATE INDEX action_owner ON action (owner COLLATE NOCASE, state, due, post_mortem);
CREATE INDEX record_day ON record (occurred_on, taken_in_at)
WHERE deleted_at IS NULL;
CREATE INDEX record_length ON record (length(text));
CREATE INDEX post_mortem_revision ON post_mortem (id, revision);

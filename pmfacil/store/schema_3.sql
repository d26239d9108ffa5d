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

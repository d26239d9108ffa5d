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

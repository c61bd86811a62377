CREATE TABLE entry (
  position INTEGER PRIMARY KEY CONSTRAINT position_counts_from_0 CHECK (position >= 0),
  leaf BLOB NOT NULL CONSTRAINT leaf_is_a_hash CHECK (length(leaf) = 32),
  bytes TEXT NOT NULL CONSTRAINT entry_is_not_empty CHECK (bytes <> '')
) STRICT;
CREATE TABLE personal (
  position INTEGER PRIMARY KEY CONSTRAINT payload_has_an_entry REFERENCES entry (position),
  salt BLOB NOT NULL CONSTRAINT salt_has_32_bytes CHECK (length(salt) = 32),
  payload TEXT NOT NULL
) STRICT;
CREATE TABLE tile (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL CONSTRAINT tile_is_a_hash CHECK (length(hash) = 32),
  PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
  SELECT raise(ABORT, 'a journal entry never changes; record a correction');
END;
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
  SELECT raise(ABORT, 'a journal entry is never removed');
END;
CREATE TRIGGER payload_never_changes BEFORE UPDATE ON personal BEGIN
  SELECT raise(ABORT, 'a personal payload never changes; it can be erased');
END;
CREATE TRIGGER tile_never_changes BEFORE UPDATE ON tile BEGIN
  SELECT raise(ABORT, 'a hash of the tree never changes');
END;
CREATE TRIGGER tile_never_goes BEFORE DELETE ON tile BEGIN
  SELECT raise(ABORT, 'a hash of the tree is never removed');
END;
CREATE TABLE body (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, name TEXT, side TEXT, form TEXT, sectors TEXT, issues TEXT, specialisations TEXT, region TEXT, part_of TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX body_now ON body (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE person (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, title TEXT, name TEXT, gender TEXT, email TEXT, telephone TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX person_now ON person (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE post (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, body TEXT, title TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX post_now ON post (id, from_day) WHERE recorded_to IS NULL;
CREATE INDEX post_of_body ON post (body) WHERE recorded_to IS NULL AND body IS NOT NULL;
CREATE TABLE mandate (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, body TEXT, person TEXT, post TEXT, tenure TEXT, capacity TEXT, appointed_by TEXT, decided INTEGER, instrument TEXT, instrument_date INTEGER, reason TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX mandate_now ON mandate (id, from_day) WHERE recorded_to IS NULL;
CREATE INDEX mandate_of_body ON mandate (body) WHERE recorded_to IS NULL AND body IS NOT NULL;
CREATE INDEX mandate_of_post ON mandate (post) WHERE recorded_to IS NULL AND post IS NOT NULL;
CREATE TABLE committee (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, name TEXT, form TEXT, host TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX committee_now ON committee (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE criteria (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, committee TEXT, version TEXT, document TEXT, proposed_by TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX criteria_now ON criteria (id, from_day) WHERE recorded_to IS NULL;
CREATE INDEX criteria_of_committee ON criteria (committee) WHERE recorded_to IS NULL AND committee IS NOT NULL;
CREATE TABLE agreement (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, criteria TEXT, side TEXT, body TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX agreement_now ON agreement (id, from_day) WHERE recorded_to IS NULL;
CREATE INDEX agreement_of_criteria ON agreement (criteria) WHERE recorded_to IS NULL AND criteria IS NOT NULL;
CREATE TABLE seat (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, committee TEXT, side TEXT, role TEXT, deputy_of TEXT, body TEXT, mandate TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX seat_now ON seat (id, from_day) WHERE recorded_to IS NULL;
CREATE INDEX seat_of_committee ON seat (committee) WHERE recorded_to IS NULL AND committee IS NOT NULL;
CREATE INDEX seat_of_body ON seat (body) WHERE recorded_to IS NULL AND body IS NOT NULL;
CREATE INDEX seat_of_mandate ON seat (mandate) WHERE recorded_to IS NULL AND mandate IS NOT NULL;
CREATE TABLE draw (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, committee TEXT, criteria TEXT, lottery TEXT, panels TEXT, panel_count INTEGER, seed_source TEXT, seed TEXT, number INTEGER, state TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX draw_now ON draw (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE issue (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, title TEXT, sector TEXT, specialisation TEXT, body TEXT, person TEXT, anonymous INTEGER, stage TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX issue_now ON issue (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE request (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, body TEXT, asks TEXT, topic TEXT, issue TEXT, dialogue TEXT, reason TEXT, state TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX request_now ON request (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE phase (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, name TEXT, number INTEGER, period TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX phase_now ON phase (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE dialogue (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, name TEXT, form TEXT, period TEXT, place TEXT, phase TEXT, request TEXT, committee TEXT, issues TEXT, topics TEXT, participants TEXT, state TEXT, minutes TEXT, minutes_on INTEGER, publication TEXT, published_on INTEGER, reason TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX dialogue_now ON dialogue (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE attendance (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, dialogue TEXT, body TEXT, person TEXT, capacity TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX attendance_now ON attendance (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE document (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, title TEXT, form TEXT, languages TEXT, issued TEXT, address TEXT, hash TEXT, body TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX document_now ON document (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE claim (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, subject TEXT, property TEXT, value TEXT, standing TEXT, conflicts_with TEXT, reason TEXT, sources TEXT, note TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX claim_now ON claim (id, from_day) WHERE recorded_to IS NULL;
CREATE TABLE step (row INTEGER PRIMARY KEY, id TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER, recorded_from INTEGER NOT NULL, recorded_to INTEGER, name TEXT, number INTEGER, period TEXT, status TEXT, standing TEXT, dialogue TEXT, sources TEXT, note TEXT, search_key TEXT, CONSTRAINT days_in_order CHECK (to_day > from_day), CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;
CREATE UNIQUE INDEX step_now ON step (id, from_day) WHERE recorded_to IS NULL;

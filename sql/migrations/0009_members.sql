-- Members, so that a till knows whose basket it is, and batches that must not be sold any more.

-- member_version grows with every change of the list of members. member_secret: 32 bytes as hex, made at the first start
-- from then on; tills find members by keyed hashes under it.
ALTER TABLE store
  ADD COLUMN member_version BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN last_member_id BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN member_secret VARCHAR(64) NOT NULL DEFAULT '';

CREATE TABLE member (
  store_id INT NOT NULL,
  member_id BIGINT NOT NULL,
  -- Of the card.
  number VARCHAR(40) NOT NULL,
  -- Digits alone, without the country code of China; NULL: not known.
  phone VARCHAR(40) NULL,
  name VARCHAR(120) NOT NULL,
  -- Empty: none.
  tier VARCHAR(40) NOT NULL,
  -- MM-DD; empty: not known. The year is nobody's business.
  birthday VARCHAR(5) NOT NULL,
  -- Whether the member agreed to be written to.
  consent TINYINT NOT NULL,
  active TINYINT NOT NULL,
  -- Of the list when this row changed last.
  version BIGINT NOT NULL,
  PRIMARY KEY (store_id, member_id),
  UNIQUE KEY member_number (store_id, number),
  UNIQUE KEY member_phone (store_id, phone),
  KEY member_version (store_id, version, member_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE recall (
  store_id INT NOT NULL,
  -- 14 digits.
  gtin VARCHAR(14) NOT NULL,
  -- As GS1 AI 10 has it; empty: every batch.
  batch VARCHAR(20) NOT NULL,
  note VARCHAR(400) NOT NULL,
  added_ms BIGINT NOT NULL,
  added_offset_min INT NOT NULL,
  PRIMARY KEY (store_id, gtin, batch)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The tills' journals as they came, and the sales in them. Append-only but for till_head: rows are never updated.

-- One row per till, where its journal stands; locked by whoever adds to it.
CREATE TABLE till_head (
  store_id INT NOT NULL,
  till INT NOT NULL,
  last_sequence BIGINT NOT NULL,
  last_hash BINARY(32) NOT NULL,
  last_receipt_number BIGINT NOT NULL,
  PRIMARY KEY (store_id, till)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE journal_entry (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  previous BINARY(32) NOT NULL,
  hash BINARY(32) NOT NULL,
  signature BINARY(64) NOT NULL,
  received_ms BIGINT NOT NULL,
  received_offset_min INT NOT NULL,
  payload MEDIUMBLOB NOT NULL,
  PRIMARY KEY (store_id, till, sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Entries that could not be taken in: other content under a sequence that is taken (conflict), or no readable sale
-- (malformed). content_hash is SHA-256 over previous, hash, signature and payload: its identity.
CREATE TABLE journal_set_aside (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  content_hash BINARY(32) NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  reason VARCHAR(64) NOT NULL,
  -- 1: hash and signature hold, so it takes its place in the chain although nobody can read it.
  authentic TINYINT NOT NULL,
  previous BINARY(32) NOT NULL,
  hash BINARY(32) NOT NULL,
  signature BINARY(64) NOT NULL,
  received_ms BIGINT NOT NULL,
  received_offset_min INT NOT NULL,
  payload LONGBLOB NOT NULL,
  PRIMARY KEY (store_id, till, sequence, content_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What somebody should look at.
CREATE TABLE journal_exception (
  store_id INT NOT NULL,
  exception_id BINARY(16) NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  kind VARCHAR(48) NOT NULL,
  message VARCHAR(400) NOT NULL,
  details TEXT NOT NULL,
  raised_ms BIGINT NOT NULL,
  raised_offset_min INT NOT NULL,
  PRIMARY KEY (store_id, exception_id),
  KEY journal_exception_entry (store_id, till, sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE sale (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  sale_id BINARY(16) NOT NULL,
  receipt_number BIGINT NOT NULL,
  business_date DATE NOT NULL,
  started_ms BIGINT NOT NULL,
  completed_ms BIGINT NOT NULL,
  completed_offset_min INT NOT NULL,
  cashier BIGINT NOT NULL,
  cashier_number VARCHAR(32) NOT NULL,
  catalogue_version BIGINT NOT NULL,
  line_count INT NOT NULL,
  gross BIGINT NOT NULL,
  discount BIGINT NOT NULL,
  net BIGINT NOT NULL,
  tax BIGINT NOT NULL,
  total BIGINT NOT NULL,
  cash_adjustment BIGINT NOT NULL,
  payable BIGINT NOT NULL,
  change_given BIGINT NOT NULL,
  -- How many exceptions it raised when it arrived.
  exceptions INT NOT NULL,
  PRIMARY KEY (store_id, till, sequence),
  KEY sale_day (store_id, business_date, completed_ms, payable, exceptions),
  KEY sale_identity (store_id, sale_id),
  KEY sale_receipt (store_id, till, receipt_number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row per line, voided ones too (voided = 1, amounts 0).
CREATE TABLE sale_line (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  line INT NOT NULL,
  item_id BIGINT NOT NULL,
  category_id BIGINT NOT NULL,
  tax_category_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  unit_price BIGINT NOT NULL,
  -- The price before somebody overrode it, and who allowed that.
  regular_unit_price BIGINT NULL,
  override_by BIGINT NULL,
  gross BIGINT NOT NULL,
  discount BIGINT NOT NULL,
  net BIGINT NOT NULL,
  tax BIGINT NOT NULL,
  voided TINYINT NOT NULL,
  PRIMARY KEY (store_id, till, sequence, line)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE sale_tax (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  position INT NOT NULL,
  tax_category_id BIGINT NOT NULL,
  rate_per_10k BIGINT NOT NULL,
  taxable BIGINT NOT NULL,
  tax BIGINT NOT NULL,
  PRIMARY KEY (store_id, till, sequence, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE sale_tender (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  position INT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (store_id, till, sequence, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the lanes share: baskets that were put aside, and requests to be allowed something. No facts: rows may go when
-- their day is over.

-- recalled_by: number of the till that has it now; the first one wins.
CREATE TABLE suspended_basket (
  store_id INT NOT NULL,
  suspended_id BINARY(16) NOT NULL,
  label VARCHAR(32) NOT NULL,
  till INT NOT NULL,
  cashier_name VARCHAR(120) NOT NULL,
  suspended_ms BIGINT NOT NULL,
  suspended_offset_min INT NOT NULL,
  business_date DATE NOT NULL,
  line_count BIGINT NOT NULL,
  total BIGINT NOT NULL,
  first_goods VARCHAR(200) NOT NULL,
  note VARCHAR(400) NOT NULL,
  -- Canonical JSON of the basket.
  basket MEDIUMBLOB NOT NULL,
  recalled_by INT NULL,
  recalled_ms BIGINT NULL,
  PRIMARY KEY (store_id, suspended_id),
  KEY suspended_day (store_id, business_date, suspended_ms)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- state: waiting, granted, refused, withdrawn, expired. It leaves "waiting" once.
CREATE TABLE approval_request (
  store_id INT NOT NULL,
  request_id BINARY(16) NOT NULL,
  till INT NOT NULL,
  cashier BIGINT NOT NULL,
  cashier_name VARCHAR(120) NOT NULL,
  permission VARCHAR(48) NOT NULL,
  subject VARCHAR(120) NOT NULL,
  details TEXT NOT NULL,
  amount BIGINT NULL,
  rate_per_10k BIGINT NULL,
  asked_ms BIGINT NOT NULL,
  asked_offset_min INT NOT NULL,
  -- By the server's clock: what its end is counted from.
  received_ms BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  answered_by BIGINT NOT NULL,
  answered_by_number VARCHAR(32) NOT NULL,
  answered_by_name VARCHAR(120) NOT NULL,
  answered_ms BIGINT NULL,
  answered_offset_min INT NULL,
  PRIMARY KEY (store_id, request_id),
  KEY approval_waiting (store_id, state, received_ms)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

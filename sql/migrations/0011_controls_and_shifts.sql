-- What happens at tills besides sales: control transactions, and the shifts that they begin and end. Rows of
-- control_transaction are added with their journal entry and never changed. A row of shift is what its entries say, and
-- is written again when another of them arrives.

CREATE TABLE control_transaction (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  control_id BINARY(16) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  shift BIGINT NULL,
  business_date DATE NOT NULL,
  at_ms BIGINT NOT NULL,
  at_offset_min INT NOT NULL,
  cashier BIGINT NOT NULL,
  cashier_number VARCHAR(32) NOT NULL,
  -- Who allowed it, where somebody had to; the first of them.
  approver BIGINT NULL,
  amount BIGINT NOT NULL,
  reason VARCHAR(120) NOT NULL,
  basket_id BINARY(16) NULL,
  basket_total BIGINT NULL,
  -- How many exceptions it raised when it arrived.
  exceptions INT NOT NULL,
  PRIMARY KEY (store_id, till, sequence),
  KEY control_day (store_id, business_date, at_ms)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- opened_sequence NULL: entries of the shift are here, but not its opening. closed_sequence NULL: it is open.
-- Amounts of the closing as its Z says; found_...: summed up anew from the shift's entries that are here.
CREATE TABLE shift (
  store_id INT NOT NULL,
  till INT NOT NULL,
  number BIGINT NOT NULL,
  business_date DATE NOT NULL,
  opened_sequence BIGINT NULL,
  opened_ms BIGINT NOT NULL,
  opened_offset_min INT NOT NULL,
  opened_by BIGINT NOT NULL,
  float_amount BIGINT NOT NULL,
  carried_over BIGINT NOT NULL,
  closed_sequence BIGINT NULL,
  closed_ms BIGINT NOT NULL,
  closed_offset_min INT NOT NULL,
  closed_by BIGINT NOT NULL,
  sale_count BIGINT NOT NULL,
  return_count BIGINT NOT NULL,
  turnover BIGINT NOT NULL,
  cash_rounding BIGINT NOT NULL,
  expected_cash BIGINT NOT NULL,
  counted_cash BIGINT NOT NULL,
  -- Declared less expected, over all ways of paying.
  difference BIGINT NOT NULL,
  left_in_drawer BIGINT NOT NULL,
  -- open, agrees, differs (the Z is not the sum of its entries), incomplete (entries are missing here)
  state VARCHAR(16) NOT NULL,
  found_turnover BIGINT NULL,
  found_cash BIGINT NULL,
  PRIMARY KEY (store_id, till, number),
  KEY shift_day (store_id, business_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Where the shifts of the till's journal stand. open_shift 0: none is open.
ALTER TABLE till_head
  ADD COLUMN last_shift BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN open_shift BIGINT NOT NULL DEFAULT 0;

ALTER TABLE sale ADD COLUMN shift BIGINT NULL;

-- method: the store's own way of paying. face_value: of a voucher that was worth more than it paid.
ALTER TABLE sale_tender
  ADD COLUMN method VARCHAR(64) NULL,
  ADD COLUMN reference VARCHAR(80) NOT NULL DEFAULT '',
  ADD COLUMN face_value BIGINT NULL;

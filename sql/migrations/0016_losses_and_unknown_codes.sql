-- Shifts that were given up: their till can tell no more. What the shift itself says stays in `shift`.
CREATE TABLE shift_loss (
  store_id INT NOT NULL,
  till INT NOT NULL,
  number BIGINT NOT NULL,
  lost_ms BIGINT NOT NULL,
  lost_offset_min INT NOT NULL,
  lost_by BIGINT NOT NULL,
  reason VARCHAR(400) NOT NULL,
  PRIMARY KEY (store_id, till, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Barcodes that nobody knew, by day: one exception each, which says how often. Its row may go when the day is long over.
CREATE TABLE unknown_code (
  store_id INT NOT NULL,
  business_date DATE NOT NULL,
  code VARCHAR(200) NOT NULL,
  times BIGINT NOT NULL,
  exception_id BINARY(16) NOT NULL,
  PRIMARY KEY (store_id, business_date, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How far the till's clock ran ahead when that was told last; 0: it is right.
ALTER TABLE till_head ADD COLUMN clock_ahead_ms BIGINT NOT NULL DEFAULT 0;

-- Of the goods that first_goods names; NULL: there is none, or the basket is from before this column.
ALTER TABLE suspended_basket
  ADD COLUMN first_goods_en VARCHAR(200) NULL,
  -- When it was told that nobody took it up on its business date.
  ADD COLUMN untaken_ms BIGINT NULL;

-- Which baskets a till put aside are found by their identity.
ALTER TABLE control_transaction ADD KEY control_basket (store_id, basket_id);

-- What was left behind before anybody told of it is not told all at once.
UPDATE suspended_basket SET untaken_ms = suspended_ms WHERE recalled_by IS NULL AND business_date < CURRENT_DATE;

-- Append-only movements, and their sums, which change in the same transaction.

-- A document moves an item at most once. source: 1 a sale (till, document = sequence).
CREATE TABLE stock_movement (
  store_id INT NOT NULL,
  item_id BIGINT NOT NULL,
  recorded_ms BIGINT NOT NULL,
  source TINYINT NOT NULL,
  till INT NOT NULL,
  document BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (store_id, item_id, recorded_ms, source, till, document)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE stock_balance (
  store_id INT NOT NULL,
  item_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (store_id, item_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- source: 1 a sale (document = sequence of the till's journal).
CREATE TABLE cash_movement (
  store_id INT NOT NULL,
  till INT NOT NULL,
  source TINYINT NOT NULL,
  document BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (store_id, till, source, document)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE cash_balance (
  store_id INT NOT NULL,
  till INT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (store_id, till)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

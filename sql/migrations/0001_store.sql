-- The store and its people. Every table carries store_id, so that many stores can be replicated into one server.
-- Times are milliseconds since 1970 UTC (…_ms) beside the offset of the store's clock (…_offset_min); money is hundredths,
-- quantities thousandths, rates ten-thousandths, all of them integers.

CREATE TABLE store (
  store_id INT NOT NULL,
  version BIGINT NOT NULL,
  name VARCHAR(200) NOT NULL,
  name_en VARCHAR(200) NOT NULL,
  address VARCHAR(400) NOT NULL,
  phone VARCHAR(64) NOT NULL,
  currency CHAR(3) NOT NULL,
  tax_mode VARCHAR(16) NOT NULL,
  cash_rounding VARCHAR(16) NOT NULL,
  day_start_minute INT NOT NULL,
  receipt_footer TEXT NOT NULL,
  catalogue_version BIGINT NOT NULL,
  last_item_id BIGINT NOT NULL,
  PRIMARY KEY (store_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE category (
  store_id INT NOT NULL,
  category_id BIGINT NOT NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  quick_key_order BIGINT NOT NULL,
  PRIMARY KEY (store_id, category_id),
  UNIQUE KEY category_name (store_id, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE tax_category (
  store_id INT NOT NULL,
  tax_category_id BIGINT NOT NULL,
  name VARCHAR(120) NOT NULL,
  letter VARCHAR(8) NOT NULL,
  PRIMARY KEY (store_id, tax_category_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE tax_rate (
  store_id INT NOT NULL,
  tax_category_id BIGINT NOT NULL,
  valid_from DATE NOT NULL,
  rate_per_10k BIGINT NOT NULL,
  PRIMARY KEY (store_id, tax_category_id, valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE label_layout (
  store_id INT NOT NULL,
  position INT NOT NULL,
  name VARCHAR(120) NOT NULL,
  pattern VARCHAR(24) NOT NULL,
  PRIMARY KEY (store_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE staff (
  store_id INT NOT NULL,
  staff_id BIGINT NOT NULL,
  number VARCHAR(32) NOT NULL,
  name VARCHAR(120) NOT NULL,
  role VARCHAR(32) NOT NULL,
  pin_verifier VARCHAR(200) NOT NULL,
  password_verifier VARCHAR(200) NOT NULL,
  active TINYINT NOT NULL,
  PRIMARY KEY (store_id, staff_id),
  UNIQUE KEY staff_number (store_id, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Goods. store.catalogue_version is locked by every change until it commits, so versions become visible in their order.

CREATE TABLE item (
  store_id INT NOT NULL,
  item_id BIGINT NOT NULL,
  number VARCHAR(32) NOT NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(200) NOT NULL,
  spec VARCHAR(120) NOT NULL,
  brand VARCHAR(120) NOT NULL,
  mnemonic VARCHAR(200) NOT NULL,
  category_id BIGINT NOT NULL,
  tax_category_id BIGINT NOT NULL,
  unit VARCHAR(16) NOT NULL,
  cost BIGINT NULL,
  tare BIGINT NOT NULL,
  minimum_age BIGINT NOT NULL,
  active TINYINT NOT NULL,
  sale_blocked TINYINT NOT NULL,
  discount_blocked TINYINT NOT NULL,
  version BIGINT NOT NULL,
  -- The version whose rows of item_price are the prices of now.
  price_version BIGINT NOT NULL,
  -- The regular price when it is one without dates (priced_by_date = 0): lists need not look into item_price.
  regular_price BIGINT NULL,
  priced_by_date TINYINT NOT NULL,
  -- Lower-case number, names, spec, brand, mnemonic and codes, for searching by part.
  search_text TEXT NOT NULL,
  updated_by BIGINT NOT NULL,
  updated_by_name VARCHAR(120) NOT NULL,
  updated_ms BIGINT NOT NULL,
  updated_offset_min INT NOT NULL,
  PRIMARY KEY (store_id, item_id),
  UNIQUE KEY item_number (store_id, number),
  KEY item_version (store_id, version, item_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE item_code (
  store_id INT NOT NULL,
  item_id BIGINT NOT NULL,
  position INT NOT NULL,
  code VARCHAR(128) NOT NULL,
  pack_quantity BIGINT NOT NULL,
  pack_price BIGINT NULL,
  PRIMARY KEY (store_id, item_id, position),
  KEY item_code_code (store_id, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Append-only: the prices an item had from each version of the catalogue on. What a till should have charged stays
-- known when its sale arrives weeks later.
CREATE TABLE item_price (
  store_id INT NOT NULL,
  item_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  position INT NOT NULL,
  list VARCHAR(32) NOT NULL,
  amount BIGINT NOT NULL,
  valid_from_ms BIGINT NULL,
  valid_from_offset_min INT NULL,
  valid_to_ms BIGINT NULL,
  valid_to_offset_min INT NULL,
  PRIMARY KEY (store_id, item_id, version, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

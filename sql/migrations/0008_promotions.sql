-- Promotions. A book is the whole set of definitions; a change is a new book, and none is ever changed or taken away,
-- so that any sale can be priced again as it was. In force at a moment is the book with the latest effective_ms that
-- has come, of several the highest version.

CREATE TABLE promotion_book (
  store_id INT NOT NULL,
  version BIGINT NOT NULL,
  effective_ms BIGINT NOT NULL,
  effective_offset_min INT NOT NULL,
  published_ms BIGINT NOT NULL,
  published_offset_min INT NOT NULL,
  published_by BIGINT NOT NULL,
  published_by_name VARCHAR(120) NOT NULL,
  note VARCHAR(400) NOT NULL,
  -- The version whose definitions this one brought back; NULL: it did not.
  restored_from BIGINT NULL,
  promotion_count BIGINT NOT NULL,
  -- A JSON array of definitions as docs/promotions.md has them.
  definitions MEDIUMTEXT NOT NULL,
  PRIMARY KEY (store_id, version),
  KEY promotion_book_effective (store_id, effective_ms, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- At which till goods of a sale are coming back right now: one at a time, so that two do not pay for the same piece. No
-- fact: it ends with the return, or by itself.
CREATE TABLE return_claim (
  store_id INT NOT NULL,
  sale_id BINARY(16) NOT NULL,
  till INT NOT NULL,
  until_ms BIGINT NOT NULL,
  PRIMARY KEY (store_id, sale_id),
  KEY return_claim_end (store_id, until_ms)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

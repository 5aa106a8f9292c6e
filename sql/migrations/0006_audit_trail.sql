-- Sensitive acts, hash-chained; services/audit_trail.h states the bytes. Append-only but for audit_head.

CREATE TABLE audit_head (
  store_id INT NOT NULL,
  last_number BIGINT NOT NULL,
  last_hash BINARY(32) NOT NULL,
  PRIMARY KEY (store_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE audit_record (
  store_id INT NOT NULL,
  number BIGINT NOT NULL,
  hash BINARY(32) NOT NULL,
  -- Canonical JSON of services::AuditRecord, exactly the bytes that were hashed.
  record MEDIUMBLOB NOT NULL,
  PRIMARY KEY (store_id, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

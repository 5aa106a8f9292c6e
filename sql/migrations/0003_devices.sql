-- Enrolled machines and those that ask to be.

CREATE TABLE device (
  store_id INT NOT NULL,
  device_id VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  name VARCHAR(120) NOT NULL,
  till INT NOT NULL,
  public_key BINARY(32) NOT NULL,
  certificate_serial VARCHAR(64) NOT NULL,
  software VARCHAR(64) NOT NULL,
  approved_by BIGINT NOT NULL,
  enrolled_ms BIGINT NOT NULL,
  enrolled_offset_min INT NOT NULL,
  revoked_ms BIGINT NULL,
  last_contact_ms BIGINT NULL,
  last_contact_offset_min INT NULL,
  address VARCHAR(64) NOT NULL,
  PRIMARY KEY (store_id, device_id),
  UNIQUE KEY device_certificate (store_id, certificate_serial),
  KEY device_till (store_id, till)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE enrolment (
  store_id INT NOT NULL,
  enrolment_id VARCHAR(36) NOT NULL,
  poll_secret_hash BINARY(32) NOT NULL,
  code CHAR(6) NOT NULL,
  state VARCHAR(16) NOT NULL,
  wrong_codes INT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  device_name VARCHAR(120) NOT NULL,
  address VARCHAR(64) NOT NULL,
  software VARCHAR(64) NOT NULL,
  public_key BINARY(32) NOT NULL,
  asked_ms BIGINT NOT NULL,
  asked_offset_min INT NOT NULL,
  expires_ms BIGINT NOT NULL,
  device_id VARCHAR(36) NOT NULL,
  till INT NOT NULL,
  certificate_pem TEXT NOT NULL,
  PRIMARY KEY (store_id, enrolment_id),
  KEY enrolment_expires (store_id, expires_ms)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

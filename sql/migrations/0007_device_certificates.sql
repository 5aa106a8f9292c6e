-- Every certificate a device was ever given: what it may come with, and what its journal may be signed with. The
-- columns public_key and certificate_serial of device are those of the newest one.

CREATE TABLE device_certificate (
  store_id INT NOT NULL,
  certificate_serial VARCHAR(64) NOT NULL,
  device_id VARCHAR(36) NOT NULL,
  public_key BINARY(32) NOT NULL,
  issued_ms BIGINT NOT NULL,
  issued_offset_min INT NOT NULL,
  expires_ms BIGINT NOT NULL,
  -- When it no longer counts although it has not expired: some time after a newer one was used first.
  ends_ms BIGINT NULL,
  -- Kept, so that a device that lost the answer gets the same one. Empty for those from before renewal existed.
  certificate_pem TEXT NOT NULL,
  PRIMARY KEY (store_id, certificate_serial),
  KEY device_certificate_device (store_id, device_id, issued_ms),
  KEY device_certificate_key (store_id, public_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO device_certificate (store_id, certificate_serial, device_id, public_key, issued_ms, issued_offset_min,
  expires_ms, certificate_pem)
SELECT store_id, certificate_serial, device_id, public_key, enrolled_ms, enrolled_offset_min,
  enrolled_ms + 31536000000, ''
FROM device;

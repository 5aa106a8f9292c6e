-- return_blocked 1: comes back only by somebody's right. deposit 1: a pledge for something that comes back. sale_*_minute:
-- sold only between these minutes of the day, NULL: always.
ALTER TABLE item
  ADD COLUMN return_blocked TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN deposit TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN sale_from_minute SMALLINT NULL,
  ADD COLUMN sale_to_minute SMALLINT NULL;

-- As which member a person buys here, so that nobody rings up their own purchases; NULL: not known.
ALTER TABLE staff
  ADD COLUMN member_id BIGINT NULL,
  ADD KEY staff_member (store_id, member_id);

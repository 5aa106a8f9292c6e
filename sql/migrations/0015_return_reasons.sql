-- Why goods came back, and which of those that cannot be sold again go to who supplied them. Whose sale it was, so that
-- it is found without its receipt.
ALTER TABLE sale_return
  ADD COLUMN to_supplier TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN reason VARCHAR(120) NULL;

ALTER TABLE sale
  ADD COLUMN member_id BIGINT NULL,
  ADD KEY sale_member (store_id, member_id, business_date, completed_ms);

UPDATE sale s JOIN journal_entry e ON e.store_id = s.store_id AND e.till = s.till AND e.sequence = s.sequence
  SET s.member_id = JSON_UNQUOTE(JSON_EXTRACT(CONVERT(e.payload USING utf8mb4), '$.sale.member.id'))
  WHERE JSON_EXTRACT(CONVERT(e.payload USING utf8mb4), '$.sale.member.id') IS NOT NULL;

-- How the store wants its tills: till_policy is canonical JSON of protocol::TillPolicy, NULL where nothing was set.
ALTER TABLE store ADD COLUMN till_policy TEXT NULL;

-- A keyed hash of the code on the person's badge (access/member_keys.h); the code itself is kept nowhere.
ALTER TABLE staff ADD COLUMN badge_key VARCHAR(64) NULL;

-- 1: the price is typed at the till.
ALTER TABLE item ADD COLUMN open_price TINYINT NOT NULL DEFAULT 0;

-- The shop's own, instead of the built-in ones.
CREATE TABLE receipt_template (
  store_id INT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  language VARCHAR(16) NOT NULL,
  template_text MEDIUMTEXT NOT NULL,
  PRIMARY KEY (store_id, kind, language)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

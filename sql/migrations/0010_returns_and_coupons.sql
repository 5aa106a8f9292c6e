-- What came back, what offers were used, which coupons are spent. Rows are added with the sale that made them, never
-- changed; but for promotion_use, which is their sum, and coupon_reservation, which is no fact.

-- A line of a return beside the line of the sale that it takes back. The original may arrive later, or never.
CREATE TABLE sale_return (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  line INT NOT NULL,
  original_sale_id BINARY(16) NOT NULL,
  original_till BIGINT NOT NULL,
  original_receipt BIGINT NOT NULL,
  -- As the sale numbers its lines.
  original_line BIGINT NOT NULL,
  -- What of that line had come back before, as the till knew it.
  returned_before BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  tax BIGINT NOT NULL,
  -- 0: to waste, so the stock does not grow.
  to_stock TINYINT NOT NULL,
  PRIMARY KEY (store_id, till, sequence, line),
  KEY sale_return_original (store_id, original_sale_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How often a sale used a promotion that has a limit beyond the basket. member_id 0: nobody known.
CREATE TABLE sale_promotion_use (
  store_id INT NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  promotion VARCHAR(120) NOT NULL,
  member_id BIGINT NOT NULL,
  business_date DATE NOT NULL,
  uses BIGINT NOT NULL,
  PRIMARY KEY (store_id, till, sequence, promotion)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Their sums: under member_id 0 all uses of a day, beside those of each member.
CREATE TABLE promotion_use (
  store_id INT NOT NULL,
  promotion VARCHAR(120) NOT NULL,
  member_id BIGINT NOT NULL,
  business_date DATE NOT NULL,
  uses BIGINT NOT NULL,
  PRIMARY KEY (store_id, promotion, member_id, business_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Single-use coupons that are spent, by the sale that came first. One that comes later raises an exception.
CREATE TABLE coupon_redemption (
  store_id INT NOT NULL,
  code VARCHAR(80) NOT NULL,
  promotion VARCHAR(120) NOT NULL,
  till INT NOT NULL,
  sequence BIGINT NOT NULL,
  PRIMARY KEY (store_id, code),
  KEY coupon_redemption_sale (store_id, till, sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Single-use coupons that a basket has now, until its sale arrives or the time is over.
CREATE TABLE coupon_reservation (
  store_id INT NOT NULL,
  code VARCHAR(80) NOT NULL,
  basket_id BINARY(16) NOT NULL,
  until_ms BIGINT NOT NULL,
  PRIMARY KEY (store_id, code),
  KEY coupon_reservation_end (store_id, until_ms)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

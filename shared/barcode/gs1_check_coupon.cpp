// North American coupons, AI 8110 and 8112: fields whose first digit tells their length, then optional fields that are
// marked by a digit in front.
#include <string_view>

#include "barcode/gs1_check.h"

namespace lanekeeper::barcode::gs1 {
namespace {

struct LengthReasons {
  std::string_view missing;
  std::string_view invalid;
  std::string_view truncated;
};

// Reads from left to right and remembers the first fault; after it, everything else does nothing.
class Reader {
 public:
  explicit Reader(std::string_view data) : data_(data) {}

  [[nodiscard]] const std::optional<CheckFault>& fault() const { return fault_; }
  [[nodiscard]] std::size_t at() const { return at_; }

  void fail(std::string_view reason, std::size_t at, std::size_t length) {
    if (!fault_) fault_ = CheckFault{reason, at, length};
  }

  // One digit of those allowed; '\0' when there is none.
  char digit(std::string_view allowed, std::string_view missing, std::string_view invalid) {
    if (fault_) return '\0';
    if (at_ == data_.size()) {
      fail(missing, 0, data_.size());
      return '\0';
    }
    const char found = data_[at_];
    if (allowed.find(found) == std::string_view::npos) {
      fail(invalid, at_, 1);
      return '\0';
    }
    ++at_;
    return found;
  }

  std::string_view take(std::size_t length, std::string_view truncated) {
    if (fault_) return {};
    const auto rest = data_.substr(at_);
    if (rest.size() < length) {
      rest.empty() ? fail(truncated, 0, data_.size()) : fail(truncated, at_, rest.size());
      return {};
    }
    at_ += length;
    return rest.substr(0, length);
  }

  // A digit that tells the length (plus a constant), then as many digits.
  void sized(std::string_view allowed, std::size_t added, const LengthReasons& reasons) {
    const char length = digit(allowed, reasons.missing, reasons.invalid);
    if (length != '\0') take(static_cast<std::size_t>(length - '0') + added, reasons.truncated);
  }

  // The optional field that this digit announces.
  bool announced(char marker) {
    if (fault_ || at_ == data_.size() || data_[at_] != marker) return false;
    ++at_;
    return true;
  }

  std::optional<CheckFault> finish() {
    if (!fault_ && at_ != data_.size()) fail("coupon_excess_data", at_, data_.size() - at_);
    return fault_;
  }

 private:
  std::string_view data_;
  std::size_t at_ = 0;
  std::optional<CheckFault> fault_;
};

constexpr std::string_view any_digit = "0123456789";
constexpr std::string_view value_lengths = "12345";
constexpr std::string_view prefix_lengths = "0123456";
constexpr std::string_view requirement_codes = "012349";
constexpr char same_company = '9';  // instead of a length: the company of the first purchase
constexpr std::size_t shortest_prefix = 6;
constexpr std::size_t family_code_length = 3;
constexpr std::size_t offer_code_length = 6;
constexpr std::size_t date_length = 6;

struct PurchaseReasons {
  LengthReasons requirement;
  std::string_view missing_code;
  std::string_view invalid_code;
  std::string_view truncated_family;
  LengthReasons company;
};

constexpr PurchaseReasons first_purchase = {
    {"coupon_missing_1st_purchase_requirement_vli", "coupon_invalid_1st_purchase_requirement_length",
     "coupon_truncated_1st_purchase_requirement"},
    "coupon_missing_1st_purchase_requirement_code",
    "coupon_invalid_1st_purchase_requirement_code",
    "coupon_truncated_1st_purchase_family_code",
    {}};
constexpr PurchaseReasons second_purchase = {
    {"coupon_missing_2nd_purchase_requirement_vli", "coupon_invalid_2nd_purchase_requirement_length",
     "coupon_truncated_2nd_purchase_requirement"},
    "coupon_missing_2nd_purchase_requirement_code",
    "coupon_invalid_2nd_purchase_requirement_code",
    "coupon_truncated_2nd_purchase_family_code",
    {"coupon_missing_2nd_purchase_gcp_vli", "coupon_invalid_2nd_purchase_gcp_length",
     "coupon_truncated_2nd_purchase_gcp"}};
constexpr PurchaseReasons third_purchase = {
    {"coupon_missing_3rd_purchase_requirement_vli", "coupon_invalid_3rd_purchase_requirement_length",
     "coupon_truncated_3rd_purchase_requirement"},
    "coupon_missing_3rd_purchase_requirement_code",
    "coupon_invalid_3rd_purchase_requirement_code",
    "coupon_truncated_3rd_purchase_family_code",
    {"coupon_missing_3rd_purchase_gcp_vli", "coupon_invalid_3rd_purchase_gcp_length",
     "coupon_truncated_3rd_purchase_gcp"}};

void purchase(Reader& reader, const PurchaseReasons& reasons) {
  reader.sized(value_lengths, 0, reasons.requirement);
  reader.digit(requirement_codes, reasons.missing_code, reasons.invalid_code);
  reader.take(family_code_length, reasons.truncated_family);
}

void further_purchase(Reader& reader, const PurchaseReasons& reasons) {
  purchase(reader, reasons);
  const char length = reader.digit("01234569", reasons.company.missing, reasons.company.invalid);
  if (length != '\0' && length != same_company) {
    reader.take(static_cast<std::size_t>(length - '0') + shortest_prefix, reasons.company.truncated);
  }
}

std::string_view date(Reader& reader, std::string_view too_short, std::string_view invalid) {
  const auto at = reader.at();
  const auto date = reader.take(date_length, too_short);
  if (!reader.fault() && run_check(Check::yymmdd, date)) reader.fail(invalid, at, date_length);
  return date;
}

void validity(Reader& reader) {
  std::string_view expires;
  const auto begins_at = reader.at();
  if (reader.announced('3')) {
    expires = date(reader, "coupon_too_short_for_expiration_date", "coupon_invalid_expiration_date");
  }
  if (!reader.announced('4')) return;
  const auto starts = date(reader, "coupon_too_short_for_start_date", "coupon_invalid_start_date");
  if (!reader.fault() && !expires.empty() && starts > expires) {
    reader.fail("coupon_expiration_before_start", begins_at, reader.at() - begins_at);
  }
}

void conditions(Reader& reader) {
  reader.digit("01256", "coupon_missing_save_value_code", "coupon_invalid_save_value_code");
  reader.digit("012", "coupon_missing_save_value_applies_to_item", "coupon_invalid_save_value_applies_to_item");
  reader.digit(any_digit, "coupon_missing_store_coupon_flag", "");
  reader.digit("01", "coupon_missing_dont_multiply_flag", "coupon_invalid_dont_multiply_flag");
}

}  // namespace

std::optional<CheckFault> check_coupon_code(std::string_view data) {
  if (auto fault = run_check(Check::csetnumeric, data)) return fault;
  Reader reader(data);
  reader.sized(prefix_lengths, shortest_prefix,
               {"coupon_missing_gcp_vli", "coupon_invalid_gcp_length", "coupon_truncated_gcp"});
  reader.take(offer_code_length, "coupon_truncated_offer_code");
  reader.sized(value_lengths, 0,
               {"coupon_missing_save_value_vli", "coupon_invalid_save_value_length", "coupon_truncated_save_value"});
  purchase(reader, first_purchase);
  if (reader.announced('1')) {
    reader.digit("0123", "coupon_missing_additional_purchase_rules_code",
                 "coupon_invalid_additional_purchase_rules_code");
    further_purchase(reader, second_purchase);
  }
  if (reader.announced('2')) further_purchase(reader, third_purchase);
  validity(reader);
  if (reader.announced('5')) {
    reader.sized(any_digit, shortest_prefix,
                 {"coupon_missing_serial_number_vli", "", "coupon_truncated_serial_number"});
  }
  if (reader.announced('6')) {
    reader.sized("1234567", shortest_prefix,
                 {"coupon_missing_retailer_gcp_or_gln_vli", "coupon_invalid_retailer_gcp_or_gln_length",
                  "coupon_truncated_retailer_gcp_or_gln"});
  }
  if (reader.announced('9')) conditions(reader);
  return reader.finish();
}

std::optional<CheckFault> check_coupon_pos_offer(std::string_view data) {
  if (auto fault = run_check(Check::csetnumeric, data)) return fault;
  Reader reader(data);
  reader.digit("01", "coupon_missing_format_code", "coupon_invalid_format_code");
  reader.sized(prefix_lengths, shortest_prefix,
               {"coupon_missing_funder_vli", "coupon_invalid_funder_length", "coupon_truncated_funder"});
  reader.take(offer_code_length, "coupon_truncated_offer_code");
  reader.sized(any_digit, shortest_prefix, {"coupon_missing_serial_number_vli", "", "coupon_truncated_serial_number"});
  return reader.finish();
}

}  // namespace lanekeeper::barcode::gs1

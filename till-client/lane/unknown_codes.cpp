#include "lane/unknown_codes.h"

#include "access/badge_code.h"
#include "barcode/gtin.h"
#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr int longest_code = 100;  // columns that are kept of it

bool is_gtin(std::string_view code) {
  const bool long_enough = code.size() == 8 || (code.size() >= 12 && code.size() <= 14);
  return long_enough && is_ascii_digits(code) && barcode::has_valid_check_digit(code);
}

}  // namespace

std::optional<sale::ControlTransaction> UnknownCodes::note(const Scan& scan, const Error& refusal) {
  const auto view = lane_.view();
  if (refusal.code != "barcode.unknown" || view->training || !view->cashier) return std::nullopt;
  const auto code = truncate_to_width(sanitize_utf8(trim(scan.data)), longest_code);
  const bool typed = scan.symbology == barcode::Symbology::typed;
  if (code.empty() || (typed && !is_gtin(code)) || access::is_badge_code(code)) return std::nullopt;
  const std::int64_t shift = view->shift ? view->shift->number : 0;
  if (std::exchange(shift_, shift) != shift) noted_.clear();
  if (noted_.size() >= most_per_shift || !noted_.insert(code).second) return std::nullopt;
  const auto moment = lane_.moment();
  sale::ControlTransaction control;
  control.id = moment.fresh_id;
  control.kind = sale::ControlKind::unknown_code;
  control.till = lane_.till_number();
  if (view->shift) control.shift = shift;
  control.business_date = lane_.today();
  control.at = moment.time;
  control.cashier = view->cashier->id;
  control.cashier_number = view->cashier->number;
  if (lane_.store()) control.currency = lane_.store()->currency;
  control.software = LANEKEEPER_VERSION;
  control.code = code;
  return control;
}

}  // namespace lanekeeper::till

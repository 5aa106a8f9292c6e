#include "lane/unknown_codes.h"

#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr int longest_code = 100;        // columns that are kept of it
constexpr std::size_t fewest_typed = 8;  // digits: the shortest GTIN; what is shorter is a slip of the fingers

}  // namespace

std::optional<sale::ControlTransaction> UnknownCodes::note(const Scan& scan, const Error& refusal) {
  const auto view = lane_.view();
  if (refusal.code != "barcode.unknown" || view->training || !view->cashier) return std::nullopt;
  const auto code = truncate_to_width(sanitize_utf8(trim(scan.data)), longest_code);
  const bool typed = scan.symbology == barcode::Symbology::typed;
  if (code.empty() || (typed && (code.size() < fewest_typed || !is_ascii_digits(code)))) return std::nullopt;
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

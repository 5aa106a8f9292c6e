#include "till_ui/prices_back.h"

#include <algorithm>

namespace lanekeeper::till::ui {

namespace {

std::optional<Money> full_price(const ViewLine& back, const ViewReturn::Line& sold) {
  if (-back.quantity == sold.sold) return sold.gross;
  const auto whole = multiply(back.unit_price, sold.sold);
  if (!whole || *whole != sold.gross) return std::nullopt;
  const auto part = multiply(back.unit_price, -back.quantity);
  return part ? std::optional(*part) : std::nullopt;
}

}  // namespace

std::optional<PricesBack> prices_back(const RegisterView& view) {
  if (!view.returning) return std::nullopt;
  PricesBack sum;
  for (const ViewLine& line : view.lines) {
    if (line.voided || !line.returns) continue;
    const auto& all = view.returning->lines;
    const auto sold =
        std::find_if(all.begin(), all.end(), [&line](const auto& one) { return one.line == line.returned_line; });
    if (sold == all.end()) return std::nullopt;
    const auto full = full_price(line, *sold);
    if (!full) return std::nullopt;
    sum.full += *full;
    sum.saved += *full + line.net;
  }
  return sum;
}

}  // namespace lanekeeper::till::ui

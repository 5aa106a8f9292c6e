#include "lane/customer_lines.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper::till {

namespace {

std::string row(const std::string& left, Money right) {
  const auto amount = right.to_string();
  auto text = truncate_to_width(left, std::max(customer_columns - display_width(amount) - 1, 0));
  const int blanks = std::max(customer_columns - display_width(text) - display_width(amount), 1);
  return text.append(static_cast<std::size_t>(blanks), ' ') + amount;
}

}  // namespace

LineDisplay::Contents customer_lines(const ShowItem& item, const i18n::Texts& texts) {
  using Figure = LineDisplay::Contents::Figure;
  if (item.name.empty()) return {row(texts.text("receipt.display.total"), item.total), {}, Figure::total, item.total};
  return {row(item.name, item.amount), row(texts.text("receipt.display.total"), item.total), Figure::price,
          item.amount};
}

LineDisplay::Contents customer_lines(const ShowDue& due, const i18n::Texts& texts) {
  const bool begun = due.left != due.total;
  return {row(texts.text("receipt.display.to_pay"), due.total),
          begun ? row(texts.text("receipt.display.left"), due.left) : std::string(),
          LineDisplay::Contents::Figure::total, due.left};
}

LineDisplay::Contents customer_lines(const ShowChange& change, const i18n::Texts& texts) {
  return {row(texts.text("receipt.display.paid"), change.paid),
          row(texts.text("receipt.display.change"), change.change), LineDisplay::Contents::Figure::change,
          change.change};
}

}  // namespace lanekeeper::till

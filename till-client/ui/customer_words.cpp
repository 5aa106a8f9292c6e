#include "till_ui/customer_words.h"

#include "widgets/text.h"

namespace lanekeeper::till::ui {

using widgets::amount_text;
using widgets::to_wx;

namespace {

using Moment = CustomerWords::Moment;

constexpr std::size_t most_rows_shown = 20;  // of any window

class Writer {
 public:
  Writer(const RegisterView& view, const i18n::Texts& texts) : view_(view), texts_(texts) {}

  [[nodiscard]] wxString text(std::string_view key, const i18n::Texts::Parameters& parameters = {}) const {
    return to_wx(texts_.text(key, parameters));
  }
  [[nodiscard]] bool english() const { return texts_.language() == i18n::Language::en; }

  [[nodiscard]] Moment moment() const {
    switch (view_.state) {
      case RegisterState::signed_out:
      case RegisterState::closing:
        return Moment::closed;
      case RegisterState::tendering:
        return Moment::paying;
      case RegisterState::ringing:
        return Moment::selling;
      case RegisterState::idle:
        break;
    }
    if (!view_.lines.empty() || view_.returning || view_.blind_return) return Moment::selling;
    return view_.last_sale ? Moment::thanks : Moment::welcome;
  }

  void goods(CustomerWords& words) const {
    words.name_heading = text("till.customer.goods");
    words.quantity_heading = text("till.customer.quantity");
    words.amount_heading = text("till.customer.amount");
    for (const ViewLine& line : view_.lines) {
      if (!line.voided) words.rows.push_back(row(line));
    }
    const std::string lines = std::to_string(view_.line_count);
    const std::string pieces = std::to_string(view_.item_count);
    words.summary = text("till.customer.summary", {{"lines", lines}, {"pieces", pieces}});
    for (std::size_t shown = 0; shown < std::min(words.rows.size(), most_rows_shown); ++shown) {
      words.summaries.push_back(text("till.customer.summary_recent",
                                     {{"lines", lines}, {"pieces", pieces}, {"shown", std::to_string(shown)}}));
    }
  }

  void member(CustomerWords& words) const {
    if (!view_.member) return;
    words.member = to_wx(view_.member->name);
    if (view_.member->tier) {
      const std::string key = "till.tier." + *view_.member->tier;
      words.tier = texts_.has(key) ? text(key) : to_wx(*view_.member->tier);
    }
    const std::string& number = view_.member->number;
    const std::string tail = number.size() > 4 ? number.substr(number.size() - 4) : number;
    words.member_note = text(view_.member->birthday ? "till.member.birthday" : "till.member.card", {{"tail", tail}});
  }

  void sums(CustomerWords& words) const {
    words.currency = text("till.currency");
    words.refund = view_.total.is_negative();
    const auto shown = [&](Money amount) { return to_wx(amount_text(words.refund ? -amount : amount)); };
    if (words.moment == Moment::paying && !words.refund) {
      words.facts.push_back({text("till.customer.due"), to_wx(amount_text(view_.total))});
      words.facts.push_back({text("till.customer.paid"), to_wx(amount_text(view_.tendered))});
      words.due_label = text("till.customer.left");
      words.due = to_wx(amount_text(view_.tendered.is_zero() ? view_.total : view_.cash_due));
      return;
    }
    words.facts.push_back({text("till.customer.subtotal"), shown(view_.gross)});
    if (!view_.saving.is_zero() && !words.refund) {
      words.facts.push_back(
          {text("till.customer.savings"), to_wx(amount_text(-view_.saving)), widgets::DueBlock::Tone::saving});
    }
    words.due_label = text(words.refund ? "till.customer.refund" : "till.customer.due");
    words.due = shown(view_.total);
  }

  void change(CustomerWords& words) const {
    const LastSale& last = *view_.last_sale;
    words.currency = text("till.currency");
    words.refund = last.payable.is_negative();
    if (words.refund) {
      words.due_label = text("till.customer.refunded");
      words.due = to_wx(amount_text(-last.payable));
      return;
    }
    words.facts.push_back({text("till.customer.due"), to_wx(amount_text(last.payable))});
    words.facts.push_back({text("till.customer.paid"), to_wx(amount_text(last.tendered))});
    words.due_label = text("till.customer.change");
    words.due = to_wx(amount_text(last.change));
  }

  void advice(CustomerWords& words) const {
    switch (words.moment) {
      case Moment::closed:
        words.title = text("till.customer.closed");
        words.note = text("till.customer.closed_note");
        break;
      case Moment::welcome:
        words.title = text("till.customer.welcome");
        words.note = text("till.customer.welcome_note");
        break;
      case Moment::selling:
      case Moment::paying:
        words.title = text("till.customer.ways");
        words.note = text("till.customer.ways_note");
        break;
      case Moment::thanks:
        words.title = text("till.customer.thanks");
        words.note = text("till.customer.thanks_note");
        break;
    }
  }

 private:
  [[nodiscard]] widgets::LineRow row(const ViewLine& line) const {
    widgets::LineRow row;
    row.key = line.line;
    row.name = to_wx(english() && !line.name_en.empty() ? line.name_en : line.name);
    const bool by_weight = line.unit == catalogue::UnitOfMeasure::kilogram;
    row.quantity = to_wx(by_weight ? widgets::weight_text(line.quantity) : widgets::pieces_text(line.quantity));
    row.amount = to_wx(amount_text(line.net));
    if (line.returns || line.returned_line != 0) {
      const bool pledge = line.deposit && line.returned_line == 0;
      row.note = text(pledge ? "till.customer.deposit_back" : "till.customer.returned");
    } else if (line.saving > Money()) {
      row.note = text("till.customer.saved", {{"amount", amount_text(line.saving)}});
    }
    if (line.line == view_.last_line) row.state = widgets::LineRow::State::last;
    return row;
  }

  const RegisterView& view_;
  const i18n::Texts& texts_;
};

}  // namespace

wxString CustomerWords::spoken() const {
  return moment == Moment::selling || moment == Moment::paying ? due_label + " " + due : title;
}

CustomerWords customer_words(const RegisterView& view, const CustomerPlace& place, const i18n::Texts& texts) {
  const Writer writer(view, texts);
  CustomerWords words;
  words.moment = writer.moment();
  words.store = to_wx(writer.english() && !place.store_en.empty() ? place.store_en : place.store);
  const std::string till = std::to_string(place.till);
  words.serves = view.cashier ? writer.text("till.customer.serves", {{"till", till}, {"name", view.cashier->name}})
                              : writer.text("till.customer.till", {{"till", till}});
  if (view.training) words.training = writer.text("till.customer.training");
  const bool busy = words.moment == Moment::selling || words.moment == Moment::paying;
  if (busy) {
    writer.goods(words);
    writer.member(words);
    writer.sums(words);
  }
  if (words.moment == Moment::thanks) writer.change(words);
  writer.advice(words);
  return words;
}

}  // namespace lanekeeper::till::ui

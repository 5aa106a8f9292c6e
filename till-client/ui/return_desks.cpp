#include "till_ui/return_desks.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "register/entry_text.h"

namespace lanekeeper::till::ui {

namespace {

using Look = PanelKey::Look;

constexpr std::int64_t most_tills = 99999;

Error not_understood(std::string_view code, std::string_view message, const std::string& text) {
  return {std::string(code), std::string(message), {{"text", text}}};
}

std::string short_day(const Date& date) {
  return date.to_string().substr(5);
}

}  // namespace

std::optional<Date> day_from(std::string_view text, const Date& today) {
  std::string digits(text);
  std::erase(digits, '-');
  if (!is_ascii_digits(digits) || (digits.size() != 4 && digits.size() != 8)) return std::nullopt;
  const auto of_year = [&](std::string year, std::string_view day) {
    return Date::parse(year + "-" + std::string(day.substr(0, 2)) + "-" + std::string(day.substr(2)));
  };
  if (digits.size() == 8) {
    const auto date = of_year(digits.substr(0, 4), std::string_view(digits).substr(4));
    return date && *date <= today ? std::optional(*date) : std::nullopt;
  }
  for (const int year : {today.year, today.year - 1}) {
    const auto date = of_year(fmt::format("{:04}", year), digits);
    if (date && *date <= today) return *date;
  }
  return std::nullopt;
}

// ---- a sale whose receipt is not at hand ----

void FindSaleDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  wish_ = {};
  found_ = {};
  message_.reset();
  chosen_ = -1;
  step_ = Step::wish;
}

void FindSaleDesk::close() {
  step_ = Step::none;
  found_ = {};
  message_.reset();
  hand_.set_typed({});
}

// Back from the list to what was looked for.
void FindSaleDesk::cancel() {
  if (step_ == Step::wish) return close();
  step_ = Step::wish;
  message_.reset();
  hand_.set_typed(wish_.code);
}

void FindSaleDesk::search() {
  step_ = Step::asking;
  message_.reset();
  found_ = {};
  chosen_ = -1;
  hand_.set_typed({});
  hand_.lane().find_sales(wish_, guarded([this, search = ++search_](const Result<Lane::FoundSales>& answer) {
                            if (step_ != Step::asking || search != search_) return;
                            // Told here; the message of the register would stand in the banner as well.
                            (void)hand_.attempt([] { return Result<void>(); });
                            if (answer) {
                              step_ = Step::list;
                              found_ = *answer;
                              chosen_ = found_.sales.empty() ? -1 : 0;
                            } else {
                              step_ = Step::wish;
                              message_ = answer.error();
                              hand_.set_typed(wish_.code);
                              hand_.quiet();
                              hand_.sound(Sound::attention);
                            }
                            hand_.opened_by_itself();
                            hand_.changed();
                          }));
}

void FindSaleDesk::enter(const std::string& text) {
  if (step_ == Step::list) return take_selected();
  if (step_ != Step::wish) return;
  wish_.code = std::string(trim(text));
  search();
}

bool FindSaleDesk::act(Action action) {
  switch (action) {
    case Action::find_sale:
      // The key that opened it goes on.
      enter(hand_.typed());
      return true;
    case Action::find_by_amount:
    case Action::find_by_till:
    case Action::find_by_day:
      narrow_down(action);
      return true;
    default:
      return false;
  }
}

// Nothing typed: it does not matter any more. What stands there of the search before was not typed for this.
void FindSaleDesk::narrow_down(Action action) {
  if (step_ == Step::list) cancel();
  if (step_ != Step::wish) return;
  message_.reset();
  std::string text(trim(hand_.typed()));
  if (text == wish_.code) {
    text.clear();
  } else {
    hand_.set_typed({});
  }
  if (action == Action::find_by_amount) {
    const auto amount = text.empty() ? Result<Money>(Money()) : parse_amount(text);
    if (!amount) {
      message_ = amount.error();
    } else {
      wish_.amount = text.empty() ? std::nullopt : std::optional(*amount);
    }
  } else if (action == Action::find_by_till) {
    const auto till = parse_units(text);
    const auto number = till ? till->milli() / 1000 : 0;
    if (text.empty()) {
      wish_.till.reset();
    } else if (number < 1 || number > most_tills) {
      message_ = not_understood("find.bad_till", "That is no number of a till.", text);
    } else {
      wish_.till = number;
    }
  } else {
    const Date today = business_date(hand_.lane().now(), 0);
    const auto day = day_from(text, today);
    if (!text.empty() && !day) {
      message_ = not_understood("find.bad_day", "That is no day that was.", text);
    } else {
      wish_.date = day;
    }
  }
  hand_.sound(message_ ? Sound::attention : Sound::ok);
}

// A card or goods.
bool FindSaleDesk::scan(const DetectedScan& scan) {
  if (step_ == Step::asking) return false;
  step_ = Step::wish;
  hand_.set_typed({});
  enter(scan.data);
  return true;
}

void FindSaleDesk::choose(int digit) {
  constexpr Action by_place[] = {Action::find_by_amount, Action::find_by_till, Action::find_by_day};
  if (step_ == Step::wish && digit >= 1 && digit <= 3) return narrow_down(by_place[digit - 1]);
  if (step_ == Step::list && digit <= static_cast<int>(found_.sales.size())) chosen_ = digit - 1;
}

void FindSaleDesk::move(int step) {
  if (step_ != Step::list || found_.sales.empty()) return;
  chosen_ = std::clamp(chosen_ + step, 0, static_cast<int>(found_.sales.size()) - 1);
}

void FindSaleDesk::press_row(std::size_t index) {
  if (step_ != Step::list || index >= found_.sales.size()) return;
  if (chosen_ == static_cast<int>(index)) return take_selected();
  chosen_ = static_cast<int>(index);
}

void FindSaleDesk::take_selected() {
  if (chosen_ < 0 || chosen_ >= static_cast<int>(found_.sales.size())) return;
  const auto& sale = found_.sales[static_cast<std::size_t>(chosen_)];
  auto receipt = fmt::format("{}-{}", sale.till, sale.receipt_number);
  close();
  take_(std::move(receipt));
}

PanelRow FindSaleDesk::row_of_sale(std::size_t index) const {
  const protocol::FoundSale& sale = found_.sales[index];
  PanelRow row;
  if (index < 9) row.cap = std::to_string(index + 1);
  row.title = {"till.find.row",
               {{"till", std::to_string(sale.till)},
                {"number", std::to_string(sale.receipt_number)},
                {"day", short_day(sale.business_date)},
                {"time", sale.completed_at.local_time_hms().substr(0, 5)}}};
  const bool english = hand_.language() == i18n::Language::en;
  std::string goods;
  for (const auto& one : sale.goods) {
    if (!goods.empty()) goods += english ? ", " : "、";
    goods += english && !one.name_en.empty() ? one.name_en : one.name;
  }
  const std::string stem = !sale.left         ? "till.find.row_gone"
                           : sale.member_name ? "till.find.row_member"
                                              : "till.find.row_note";
  row.note = {stem,
              {{"goods", goods},
               {"count", std::to_string(sale.line_count)},
               {"member", sale.member_name.value_or(std::string())}}};
  row.amount = sale.payable;
  return row;
}

PanelModel FindSaleDesk::wish_panel() const {
  PanelModel model;
  model.hint = {"till.find.hint", {{"days", std::to_string(Lane::search_days)}}};
  model.note = {"till.find.note"};
  if (message_) model.message = {"till.error." + message_->code + ".title", message_->details, {}, {}, message_};
  model.choices_title = {"till.find.narrow"};
  const auto choice = [&model](std::string cap, const char* name, const std::optional<std::string>& value) {
    const std::string key = std::string("till.find.") + name;
    model.choices.push_back(
        {std::move(cap), value ? Words{key + "_is", {{"value", *value}}} : Words{key}, value.has_value()});
  };
  const auto in_text = [](const auto& value, auto text) {
    return value ? std::optional<std::string>(text(*value)) : std::nullopt;
  };
  choice("F3", "amount", in_text(wish_.amount, [](const Money& amount) { return amount.to_string(); }));
  choice("F4", "till", in_text(wish_.till, [](std::int64_t till) { return std::to_string(till); }));
  choice("F5", "day", in_text(wish_.date, short_day));
  model.pad = PanelModel::Pad::amount;
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::confirm, "till.find.search", "Enter", Look::primary}};
  return model;
}

PanelModel FindSaleDesk::panel() const {
  PanelModel model = step_ == Step::wish ? wish_panel() : PanelModel{};
  model.sign = NoticeSign::search;
  model.title = {"till.find.title"};
  if (step_ == Step::wish) return model;
  if (found_.offline) model.note = {"till.find.offline"};
  if (found_.more) model.hint = {"till.find.more", {{"count", std::to_string(found_.sales.size())}}};
  for (std::size_t i = 0; i < found_.sales.size(); ++i) model.rows.push_back(row_of_sale(i));
  model.selected = chosen_;
  model.empty = {step_ == Step::asking ? "till.find.asking" : "till.find.none"};
  model.keys = {{Action::cancel, "till.find.again", "Esc"},
                {Action::confirm, "till.find.take", "Enter", Look::primary}};
  return model;
}

EntryModel FindSaleDesk::entry() const {
  if (step_ == Step::wish) return {EntryModel::Kind::text, "till.find.entry", "till.find.entry_hint", false};
  return {EntryModel::Kind::choice, "till.find.list", "till.find.list_hint", false};
}

// ---- how many come back ----

void ReturnQuantityDesk::begin(const ViewReturn::Line& line) {
  hand_.quiet();
  hand_.set_typed({});
  line_ = line;
  open_ = true;
}

void ReturnQuantityDesk::close() {
  open_ = false;
  hand_.set_typed({});
}

void ReturnQuantityDesk::enter(const std::string& text) {
  if (text.empty()) return hand_.sound(Sound::attention);
  close();
  give_back_(line_.line, text);
}

PanelModel ReturnQuantityDesk::panel() const {
  PanelModel model;
  model.sign = NoticeSign::tag;
  model.title = {"till.return_quantity.title"};
  model.name = {"till.words.name", {{"name", line_.name}, {"name_en", line_.name_en}}};
  model.note = {"till.return_quantity.note"};
  model.pad = PanelModel::Pad::amount;
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::confirm, "till.return_quantity.take", "Enter", Look::primary}};
  return model;
}

EntryModel ReturnQuantityDesk::entry() const {
  return {EntryModel::Kind::amount, "till.return_quantity.title", "till.return_quantity.hint", false};
}

}  // namespace lanekeeper::till::ui

// The desk while somebody asks what goods cost: nothing is sold by it.

#include <algorithm>

#include "base/text.h"
#include "register/entry.h"
#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

namespace {

constexpr int most_checked = 20;
constexpr Quantity one = Quantity::of_units(1);

// The offers by name, in both languages: the notice takes the one of the screen.
i18n::Texts::Parameters names_of(const std::vector<std::pair<std::string, std::string>>& offers) {
  std::string chinese;
  std::string english;
  for (const auto& [name, name_en] : offers) {
    if (name.empty() && name_en.empty()) continue;
    if (!chinese.empty()) {
      chinese += "、";
      english += ", ";
    }
    chinese += name.empty() ? name_en : name;
    english += name_en.empty() ? name : name_en;
  }
  return {{"name", std::move(chinese)}, {"name_en", std::move(english)}};
}

// What is taken off already, or else what a little more would bring.
Words price_note(const Lane::PriceCheck& check, std::string_view unit) {
  const std::string stem = "till.price_check.";
  Words note;
  if (check.today != check.regular) {
    std::vector<std::pair<std::string, std::string>> offers;
    for (const ViewSaving& saving : check.savings) offers.emplace_back(saving.name, saving.name_en);
    note.parameters = names_of(offers);
    note.key = stem + (note.parameters.front().second.empty() ? "saved_plain" : "saved");
    note.parameters.emplace_back("regular", check.regular.to_string());
  } else if (!check.offers.empty()) {
    const ViewNearMiss& next = check.offers.front();
    note.parameters = names_of({{next.name, next.name_en}});
    if (!note.parameters.front().second.empty()) {
      note.key = stem + (next.missing_pieces > 0 ? "near_pieces" : "near_amount");
      note.parameters.emplace_back("count", std::to_string(next.missing_pieces));
      note.parameters.emplace_back("amount", next.missing_amount.to_string());
    }
  }
  if (note.key.empty()) {
    const auto& item = check.item;
    note.key = stem + "plain";
    note.parameters = {{"code", item.code.empty() ? item.number : item.code}};
  }
  note.keyed = {{"unit", stem + std::string(unit)}};
  return note;
}

Notice notice_of(const Lane::PriceCheck& check) {
  const auto& item = check.item;
  const bool by_weight = item.unit == catalogue::UnitOfMeasure::kilogram;
  const bool measured = check.quantity != one;
  Notice notice{NoticeKind::notice, NoticeSign::tag, "till.caption.price_check"};
  notice.title = {measured ? "till.price_check.title_measured" : "till.price_check.title",
                  {{"name", item.name},
                   {"name_en", item.name_en},
                   {"quantity", by_weight ? check.quantity.to_fixed_string() + " kg" : check.quantity.to_string()}}};
  if (item.price || !check.today.is_zero()) {
    notice.note = price_note(check, measured ? "unit_all" : by_weight ? "unit_kg" : "unit_each");
    notice.figure = check.today;
  } else {
    notice.note = {"till.price_check.open_price"};
  }
  notice.keys = {{Place::sale, Action::confirm, "till.action.add_checked"},
                 {Place::sale, Action::cancel, "till.action.close"}};
  return notice;
}

}  // namespace

// A code first, whatever it says besides the goods; else a number, a name or its initials. What is known of a code and
// must not be sold is no name of other goods.
void Desk::check_price(const DetectedScan& asked) {
  const std::string text(trim(asked.data));
  const bool words = asked.symbology == barcode::Symbology::typed && !is_ascii_digits(text);
  const auto checks = lane().check_price(text, asked.symbology);
  draft_ = {};
  found_.clear();
  checked_.reset();
  if (checks && checks->size() == 1) return show_price(checks->front(), asked);
  if (checks) {
    for (const auto& check : *checks) found_.push_back(check.item);
  } else if (checks.error().code == "barcode.unknown" || (words && may_be_another_code(checks.error()))) {
    found_ = lane().search(text, most_checked);
  } else {
    return complain(checks.error());
  }
  if (found_.size() == 1) return check_price(found_.front().id);
  if (!found_.empty()) {
    draft_.selected = 0;
    return local_notice_.reset();
  }
  Notice notice{NoticeKind::attention, NoticeSign::search, "till.caption.price_check"};
  notice.title = {"till.price_check.unknown", {{"text", text}}};
  notice.note = {"till.price_check.unknown_note"};
  notice.keys = {dismiss_key()};
  say(std::move(notice), Sound::attention);
}

void Desk::check_price(catalogue::ItemId item) {
  const auto check = lane().check_price(item);
  draft_ = {};
  found_.clear();
  checked_.reset();
  if (!check) return complain(check.error());
  show_price(*check, std::nullopt);
}

void Desk::show_price(const Lane::PriceCheck& check, std::optional<DetectedScan> code) {
  checked_ = Checked{check.item.id, std::move(code)};
  local_notice_ = notice_of(check);
  hooks_.sound(Sound::ok);
}

// Enter: into the sale, with the weight or the amount that its code says. Where other goods have the same code, it is
// known already which ones are meant.
void Desk::add_checked() {
  const Checked checked = std::exchange(checked_, std::nullopt).value();
  end_task();
  if (!checked.code) return add_item(checked.item);
  const Scan scan{checked.code->data, checked.code->symbology};
  kept_warnings_.clear();
  local_notice_.reset();
  const auto rung = lane().command(scan);
  take_view();
  const auto& choices = view_->choices;
  const bool chosen =
      std::any_of(choices.begin(), choices.end(), [&checked](const auto& choice) { return choice.id == checked.item; });
  if (chosen) return add_item(checked.item);
  if (answer(scan, rung, Origin::scan)) sound_of_goods();
}

}  // namespace lanekeeper::till::ui

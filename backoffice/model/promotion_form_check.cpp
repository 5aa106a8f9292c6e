#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "model/promotion_form.h"

namespace lanekeeper::office {

namespace {

using Field = PromotionField;

constexpr std::int64_t largest_count = 10'000;
constexpr std::int64_t largest_limit = 1'000'000'000;

std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (c != ' ' && c != ',') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

// "8:00" and "08:00", "24:00" for the end of the day.
std::optional<std::string> clock_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto hour = whole_number(text.substr(0, colon), 0, 24);
  const auto minute = whole_number(text.substr(colon + 1), 0, 59);
  if (!hour || !minute || text.size() != colon + 3 || (*hour == 24 && *minute > 0)) return std::nullopt;
  return (*hour < 10 ? "0" : "") + std::to_string(*hour) + std::string(text.substr(colon));
}

// Puts a form into a definition, part by part; parts that are as they were are not touched.
class FormWriter {
 public:
  FormWriter(const PromotionForm& form, const Definition& base)
      : form_(form), before_(base.promotion ? form_of(*base.promotion) : PromotionForm()), value_(base.value) {
    is_new_ = !base.promotion;
  }

  CheckedPromotion take() {
    if (form_.kind != OfferKind::other) {
      write_kind();
      write_offer();
      write_scope();
    }
    write_schedule();
    write_audience();
    write_limits();
    write_names();
    CheckedPromotion checked{definition_of(std::move(value_)), std::move(problems_)};
    if (checked.problems.empty() && checked.definition.error) {
      checked.problems.push_back({Field::other, *checked.definition.error});
    }
    return checked;
  }

 private:
  void problem(Field field, std::string_view code, std::string_view message, const std::string& typed) {
    problems_.push_back({field, Error{std::string(code), std::string(message), {{"value", std::string(trim(typed))}}}});
  }
  [[nodiscard]] bool differs(std::string PromotionForm::*part) const {
    return is_new_ || kind_changed() || form_.*part != before_.*part;
  }
  [[nodiscard]] bool kind_changed() const { return is_new_ || form_.kind != before_.kind; }

  void write_kind() {
    if (!kind_changed()) return;
    for (const auto* name : {"price", "percent", "amount", "count", "threshold", "tiers", "every", "when", "item",
                             "excludes_offers", "stacks", "groups", "layer"}) {
      drop_member(value_, name);
    }
    if (!is_basket_kind(form_.kind)) {
      for (const auto* name : {"priority", "exclusive"}) drop_member(value_, name);
    }
    set_member(value_, "kind", text_value(std::string(kind_name())));
  }
  [[nodiscard]] std::string_view kind_name() const {
    switch (form_.kind) {
      case OfferKind::pay_fewer:
      case OfferKind::nth_off:
        return "nth_off";
      case OfferKind::multibuy:
        return "multibuy";
      case OfferKind::fixed_price:
        return "fixed_price";
      case OfferKind::amount_off:
        return "amount_off";
      case OfferKind::percent_off:
        return "percent_off";
      case OfferKind::spend:
        return "spend";
      case OfferKind::gift:
        return "gift";
      case OfferKind::other:
        break;
    }
    return {};
  }

  void write_offer() {
    switch (form_.kind) {
      case OfferKind::pay_fewer:
        write_count(2);
        if (kind_changed()) set_member(value_, "percent", number_value("100"));
        return;
      case OfferKind::nth_off:
        write_count(1);
        return write_percent();
      case OfferKind::multibuy:
        write_count(1);
        return write_money(Field::price, &PromotionForm::price, "price");
      case OfferKind::fixed_price:
        return write_money(Field::price, &PromotionForm::price, "price");
      case OfferKind::amount_off:
        return write_money(Field::amount, &PromotionForm::amount, "amount");
      case OfferKind::percent_off:
        return write_percent();
      case OfferKind::spend:
        return write_spend();
      case OfferKind::gift:
        return write_gift();
      case OfferKind::other:
        return;
    }
  }

  void write_count(std::int64_t least) {
    const auto count = whole_number(trim(form_.count), least, largest_count);
    if (!count) return count_problem(Field::count, form_.count, least);
    if (differs(&PromotionForm::count)) set_member(value_, "count", number_value(std::to_string(*count)));
  }
  void count_problem(Field field, const std::string& typed, std::int64_t least) {
    problem(field, "office.promotion_count", "A whole number of pieces is needed here.", typed);
    problems_.back().error.details.emplace_back("least", std::to_string(least));
  }
  [[nodiscard]] std::optional<Rate> percent(Field field, const std::string& typed) {
    const auto rate = Rate::parse_percent(trim(typed));
    if (rate && rate->per_10k() >= 0 && rate->per_10k() <= 10'000) return *rate;
    problem(field, "office.promotion_percent", "The percent off lies between 0 and 100.", typed);
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Money> money(Field field, const std::string& typed) {
    const auto amount = Money::parse(trim(typed));
    if (amount && !amount->is_negative()) return *amount;
    problem(field, "office.promotion_amount", "An amount such as 12.50 is needed here.", typed);
    return std::nullopt;
  }
  void write_percent() {
    const auto rate = percent(Field::percent, form_.percent);
    if (rate && differs(&PromotionForm::percent)) {
      set_member(value_, "percent", number_value(rate->to_percent_string()));
    }
  }
  void write_money(Field field, std::string PromotionForm::*part, std::string_view name) {
    const auto amount = money(field, form_.*part);
    if (amount && differs(part)) set_member(value_, name, text_value(amount->to_string()));
  }

  void write_step(ExactValue& into, const SpendStepForm& step) {
    const auto threshold = money(Field::steps, step.threshold);
    if (threshold) set_member(into, "threshold", text_value(threshold->to_string()));
    drop_member(into, step.percent ? "amount" : "percent");
    if (step.percent) {
      const auto rate = percent(Field::steps, step.off);
      if (rate) set_member(into, "percent", number_value(rate->to_percent_string()));
    } else {
      const auto amount = money(Field::steps, step.off);
      if (amount) set_member(into, "amount", text_value(amount->to_string()));
    }
  }
  void write_spend() {
    const bool changed = kind_changed() || form_.steps != before_.steps || form_.every != before_.every;
    const auto* stored = member(value_, "tiers");
    const bool tiered = form_.steps.size() > 1 || (stored != nullptr && !form_.every);
    if (changed && tiered) {
      ExactValue tiers;
      tiers.kind = ExactValue::Kind::array;
      for (std::size_t i = 0; i < form_.steps.size(); ++i) {
        auto step = stored != nullptr && i < stored->elements.size() ? stored->elements[i] : empty_object();
        write_step(step, form_.steps[i]);
        tiers.elements.push_back(std::move(step));
      }
      for (const auto* name : {"threshold", "amount", "percent", "every"}) drop_member(value_, name);
      set_member(value_, "tiers", std::move(tiers));
    } else if (changed && !form_.steps.empty()) {
      drop_member(value_, "tiers");
      write_step(value_, form_.steps.front());
      set_flag(value_, "every", form_.every);
    }
    write_excludes_offers();
  }
  void write_gift() {
    auto when = object_member(value_, "when");
    const bool when_changed = kind_changed() || form_.gift_when != before_.gift_when ||
                              form_.gift_counts != before_.gift_counts || form_.every != before_.every;
    if (form_.gift_counts) {
      const auto count = whole_number(trim(form_.gift_when), 1, largest_count);
      if (!count) count_problem(Field::gift_when, form_.gift_when, 1);
      if (count) set_member(when, "count", number_value(std::to_string(*count)));
    } else {
      const auto threshold = money(Field::gift_when, form_.gift_when);
      if (threshold) set_member(when, "threshold", text_value(threshold->to_string()));
    }
    drop_member(when, form_.gift_counts ? "threshold" : "count");
    set_flag(when, "every", form_.every);
    if (when_changed) set_member(value_, "when", std::move(when));
    if (form_.gift_item.empty()) {
      problem(Field::gift_item, "office.promotion_no_gift", "Choose what is given.", {});
    } else if (differs(&PromotionForm::gift_item)) {
      set_member(value_, "item", text_value(form_.gift_item));
    }
    write_money(Field::gift_price, &PromotionForm::gift_price, "price");
    write_excludes_offers();
  }
  void write_excludes_offers() {
    if (kind_changed() || form_.excludes_offers != before_.excludes_offers) {
      set_flag(value_, "excludes_offers", form_.excludes_offers);
    }
  }

  void write_scope() {
    const auto& scope = form_.scope;
    if (!scope.all && scope.items.empty() && scope.categories.empty() && scope.brands.empty()) {
      problem(Field::goods, "office.promotion_no_goods", "Choose the goods, categories or brands.", {});
    }
    if (!is_new_ && scope == before_.scope && member(value_, "scope") != nullptr) return;
    auto stored = object_member(value_, "scope");
    set_flag(stored, "all", scope.all);
    set_texts(stored, "items", scope.items);
    set_texts(stored, "categories", scope.categories);
    set_texts(stored, "brands", scope.brands);
    set_texts(stored, "exclude_items", scope.exclude_items);
    set_member(value_, "scope", std::move(stored));
  }

  void write_date(ExactValue& schedule, Field field, std::string PromotionForm::*part, std::string_view name) {
    const std::string text(trim(form_.*part));
    if (!text.empty() && !Date::parse(text)) {
      return problem(field, "office.promotion_date", "A day such as 2026-11-20 is needed here.", text);
    }
    if (form_.*part != before_.*part || is_new_) set_text(schedule, name, text);
  }
  void write_schedule() {
    auto schedule = object_member(value_, "schedule");
    write_date(schedule, Field::from, &PromotionForm::from, "from");
    write_date(schedule, Field::to, &PromotionForm::to, "to");
    const auto from = Date::parse(trim(form_.from));
    const auto to = Date::parse(trim(form_.to));
    if (from && to && *to < *from) {
      problem(Field::to, "office.promotion_dates", "The last day lies before the first one.", form_.to);
    }
    if (form_.days != before_.days) {
      ExactValue days;
      days.kind = ExactValue::Kind::array;
      for (std::size_t i = 0; i < form_.days.size(); ++i) {
        if (form_.days[i]) days.elements.push_back(number_value(std::to_string(i + 1)));
      }
      const bool every_day = days.elements.empty() || days.elements.size() == form_.days.size();
      drop_member(schedule, "weekdays");
      if (!every_day) set_member(schedule, "weekdays", std::move(days));
    }
    write_hours(schedule);
    if (write_json(schedule) != write_json(object_member(value_, "schedule"))) {
      put_object(value_, "schedule", std::move(schedule));
    }
  }
  void write_hours(ExactValue& schedule) {
    if (form_.all_day) {
      if (!before_.all_day) drop_member(schedule, "hours");
      return;
    }
    const auto begin = clock_of(trim(form_.begin));
    const auto end = clock_of(trim(form_.end));
    if (!begin || !end || *begin == *end || *begin == "24:00") {
      return problem(Field::hours, "office.promotion_hours", "Two different times such as 08:00 and 10:00 are needed.",
                     form_.begin + "-" + form_.end);
    }
    const bool same = !before_.all_day && form_.begin == before_.begin && form_.end == before_.end;
    if (!same) set_texts(schedule, "hours", {*begin, *end});
  }

  void write_audience() {
    const auto tiers = words_of(form_.tiers);
    if (form_.audience == AudienceKind::tiers && tiers.empty()) {
      problem(Field::tiers, "office.promotion_tiers", "Name the tiers of members.", form_.tiers);
    }
    if (form_.audience == before_.audience && form_.tiers == before_.tiers && form_.birthday == before_.birthday)
      return;
    const bool members = form_.audience == AudienceKind::members;
    auto audience = object_member(value_, "audience");
    set_flag(audience, "members", members && !form_.birthday);
    set_texts(audience, "tiers", form_.audience == AudienceKind::tiers ? tiers : std::vector<std::string>());
    set_flag(audience, "birthday", form_.audience != AudienceKind::everyone && form_.birthday);
    put_object(value_, "audience", std::move(audience));
  }

  void write_limit(Field field, std::string PromotionForm::*part, std::string_view name, std::int64_t least) {
    const std::string text(trim(form_.*part));
    if (!text.empty() && !whole_number(text, least, largest_limit)) {
      problem(field, "office.promotion_limit", "A whole number is needed here, or nothing.", text);
      problems_.back().error.details.emplace_back("least", std::to_string(least));
      return;
    }
    if (form_.*part == before_.*part) return;
    drop_member(value_, name);
    if (!text.empty())
      set_member(value_, name, number_value(std::to_string(*whole_number(text, least, largest_limit))));
  }
  void write_limits() {
    write_limit(Field::max_per_basket, &PromotionForm::max_per_basket, "max_per_basket", 1);
    write_limit(Field::max_total, &PromotionForm::max_total, "max_total", 1);
    if (form_.audience != AudienceKind::everyone) {
      write_limit(Field::max_per_member_day, &PromotionForm::max_per_member_day, "max_per_member_day", 1);
    } else {
      drop_member(value_, "max_per_member_day");  // without members there is nobody to count for
    }
    if (!is_basket_kind(form_.kind)) return;
    write_limit(Field::priority, &PromotionForm::priority, "priority", -largest_limit);
    if (form_.exclusive != before_.exclusive) set_flag(value_, "exclusive", form_.exclusive);
  }

  void write_names() {
    if (form_.name != before_.name) set_text(value_, "name", std::string(trim(form_.name)));
    if (form_.name_en != before_.name_en) set_text(value_, "name_en", std::string(trim(form_.name_en)));
  }

  const PromotionForm& form_;
  PromotionForm before_;
  ExactValue value_;
  bool is_new_ = false;
  std::vector<PromotionProblem> problems_;
};

}  // namespace

CheckedPromotion check(const PromotionForm& form, const Definition& base) {
  return FormWriter(form, base).take();
}

}  // namespace lanekeeper::office

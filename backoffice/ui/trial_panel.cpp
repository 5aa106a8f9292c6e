#include "office_ui/trial_panel.h"

#include <set>

#include "base/text.h"
#include "office_ui/layout.h"
#include "office_ui/promotion_publish.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;
using widgets::NoteBox;
using widgets::SelectField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {

constexpr std::size_t most_filled = 3;  // goods of a promotion that are put in at once
constexpr std::size_t most_parts = 4;   // lines that a sentence names

}  // namespace

TrialPanel::TrialPanel(wxWindow* parent, Shell& around, const PromotionWords& promotions)
    : Watcher(parent, around), promotions_(promotions), surface_(new widgets::Surface(this)) {
  lines_ = new TrialLines(surface_,
                          {words()("promo.trial.goods"), words()("promo.trial.quantity"), words()("promo.trial.price"),
                           words()("promo.trial.saving"), words()("promo.trial.net")});
  lines_->on_step([this](std::size_t row, int step) { desk().trial.change(row, step); });
  lines_->on_remove([this](std::size_t row) { desk().trial.remove(row); });
  empty_ = new widgets::Label(surface_, words()("promo.trial.hint"), {14, Weight::regular, theme().ink_quiet},
                              widgets::Align::centre);
  picker_ = new GoodsPicker(surface_, shell(), desk().trial_finder, words()("promo.field.scope_hint"));
  picker_->on_pick([this](const protocol::ItemRow& row) { desk().trial.add(row); });
  problem_ = new NoteBox(surface_, NoteBox::Kind::warning, wxString());
  problem_->Hide();
  how_ = new widgets::Label(surface_, words()("promo.trial.how"), {15, Weight::bold, theme().ink});
  steps_ = new NumberedSentences(surface_, words()("promo.trial.how"));
  auto inner = column_of(surface_, 10);
  inner.add(problem_).add(picker_).add(build_buttons()).add(how_).add(steps_);
  auto sides = row_of(surface_, 0);
  sides.add_space(16).add(inner.sizer(), 1).add_space(16);
  auto column = column_of(surface_, 10);
  column.add_space(12).add(build_head()).add(lines_).add(empty_).add(sides.sizer()).add_space(12);
  surface_->SetSizer(column.sizer());
  auto* own = new wxBoxSizer(wxVERTICAL);
  own->Add(surface_, wxSizerFlags(1).Expand());
  SetSizer(own);
  watch(desk().trial);
  watch(desk().editor);
  watch(desk().model);
  update_soon();
}

wxSizer* TrialPanel::build_head() {
  auto* title = new widgets::Label(surface_, words()("promo.trial.title"), {17, Weight::bold, theme().ink});
  customer_ = new SelectField(surface_, wxString(), {words()("promo.trial.nobody")}, 0, true);
  customer_->set_ground(theme().panel);
  customer_->SetName(words()("promo.trial.customer"));
  customer_->on_select([this](int index) { desk().trial.set_member(customers_[static_cast<std::size_t>(index)]); });
  widgets::TextField::Options options;
  options.compact = true;
  options.name = words()("promo.trial.time");
  options.hint = words()("promo.publish.moment_hint");
  time_ = new widgets::TextField(surface_, options);
  time_->SetMinSize(wxSize(px(150), time_->GetBestSize().y));
  time_->set_value(moment_text(desk().trial.time()));
  time_->control().Bind(wxEVT_TEXT, [this](wxCommandEvent&) { take_time(); });
  auto head = row_of(surface_, 8);
  head.add_space(16).add_centred(title, 1).add_centred(customer_).add_centred(time_).add_space(16);
  return head.sizer();
}

wxSizer* TrialPanel::build_buttons() {
  Button::Content fill_content;
  fill_content.label = words()("promo.trial.fill");
  fill_content.icon = Icon::plus;
  fill_content.compact = true;
  fill_ = new Button(surface_, fill_content);
  fill_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { fill(); });
  Button::Content clear_content;
  clear_content.label = words()("promo.trial.clear");
  clear_content.compact = true;
  clear_ = new Button(surface_, clear_content);
  clear_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { desk().trial.clear(); });
  for (auto* button : {fill_, clear_}) button->set_ground(theme().panel);
  totals_ =
      new widgets::Label(surface_, wxString(), {14, Weight::regular, theme().ink_secondary}, widgets::Align::right);
  net_ = new widgets::Label(surface_, wxString(), {18, Weight::bold, theme().ink}, widgets::Align::right);
  auto buttons = row_of(surface_, 8);
  buttons.add_centred(fill_).add_centred(clear_).add_stretch();
  auto sums = row_of(surface_, 16);
  sums.add_stretch().add_centred(totals_).add_centred(net_);
  auto both = column_of(surface_, 8);
  both.add(sums).add(buttons);
  return both.sizer();
}

void TrialPanel::take_time() {
  const auto now = office().clock().now();
  const auto time = parse_moment(trim(to_utf8(time_->value())), now.utc_offset_min);
  time_->set_alert(!time);
  if (time) desk().trial.set_time(time);
}

// Goods that the promotion names, so that it can be seen at once.
void TrialPanel::fill() {
  const auto& promotion = desk().editor.definition().promotion;
  if (!desk().editor.is_open() || !promotion) return;
  const auto& items = promotion->scope.items;
  for (std::size_t i = 0; i < std::min(items.size(), most_filled); ++i) {
    if (const auto* row = desk().goods.find(items[i])) desk().trial.add(*row);
  }
}

void TrialPanel::update_customers(const Definitions& definitions) {
  std::set<std::string> tiers;
  for (const auto& definition : definitions) {
    if (!definition.promotion) continue;
    tiers.insert(definition.promotion->audience.tiers.begin(), definition.promotion->audience.tiers.end());
  }
  std::vector<wxString> names{words()("promo.trial.nobody"), words()("promo.trial.member"),
                              words()("promo.trial.birthday")};
  customers_ = {std::nullopt, pricing::Member{}, pricing::Member{std::nullopt, true}};
  for (const auto& tier : tiers) {
    names.push_back(words()("promo.trial.tier", {{"tier", tier}}));
    customers_.push_back(pricing::Member{tier, false});
  }
  const auto place = std::find(customers_.begin(), customers_.end(), desk().trial.member());
  customer_->set_choices(names, place == customers_.end() ? 0 : static_cast<int>(place - customers_.begin()));
  customer_->SetMinSize(customer_->GetBestSize());
}

wxString TrialPanel::why(std::size_t line, const Definitions& definitions) const {
  const auto& item = desk().trial.lines()[line].item;
  if (item.discount_blocked) return words()("promo.trial.no_discount");
  if (!catalogue::price_at(item, "regular", desk().trial.time().instant)) return words()("promo.trial.no_price");
  std::vector<wxString> names;
  for (const auto& discount : result_->priced.lines[line].discounts) {
    names.push_back(promotions_.name(discount.promotion, definitions));
  }
  return promotions_.list(names);
}

wxString TrialPanel::near_miss(const pricing::NearMiss& miss, const Definitions& definitions) const {
  const auto name = to_utf8(promotions_.name(miss.promotion, definitions));
  if (miss.missing_pieces > 0) {
    return words()("promo.trial.near_pieces", {{"promotion", name}, {"count", std::to_string(miss.missing_pieces)}});
  }
  if (!miss.missing_amount.is_zero()) {
    return words()("promo.trial.near_amount", {{"promotion", name}, {"amount", miss.missing_amount.to_string()}});
  }
  return words()("promo.trial.near_gift", {{"promotion", name}});
}

std::vector<wxString> TrialPanel::steps(const Definitions& definitions) const {
  std::vector<wxString> sentences;
  for (const auto& application : result_->priced.applications) {
    std::vector<wxString> parts;
    for (const auto& part : application.parts) {
      if (parts.size() == most_parts) break;
      const auto& line = desk().trial.lines()[part.line];
      const bool weighed = line.item.unit == catalogue::UnitOfMeasure::kilogram;
      parts.push_back(words()(weighed ? "promo.trial.part_weighed" : "promo.trial.part",
                              {{"item", to_utf8(words().name_of(line.item))},
                               {"units", std::to_string(part.units)},
                               {"saving", part.saving.to_string()}}));
    }
    sentences.push_back(
        words()("promo.trial.step", {{"promotion", to_utf8(promotions_.name(application.promotion, definitions))},
                                     {"lines", to_utf8(promotions_.list(parts))},
                                     {"saving", application.saving.to_string()}}));
  }
  if (sentences.empty()) sentences.push_back(words()("promo.trial.nothing"));
  for (const auto& miss : result_->priced.near_misses) sentences.push_back(near_miss(miss, definitions));
  const auto& margin = result_->margin;
  if (margin.lines > 0 && margin.rate()) {
    sentences.push_back(words()("promo.trial.margin", {{"income", margin.income.to_string()},
                                                       {"cost", margin.cost.to_string()},
                                                       {"margin", to_utf8(words().amount(margin.margin()))},
                                                       {"rate", to_utf8(words().percent(*margin.rate()))}}));
  }
  if (!result_->priced.optimal) sentences.push_back(words()("promo.trial.not_optimal"));
  return sentences;
}

void TrialPanel::show_lines(const Definitions& definitions) {
  const auto& lines = desk().trial.lines();
  std::vector<TrialLines::Row> rows;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& item = lines[i].item;
    const auto& priced = result_->priced.lines[i];
    const bool weighed = item.unit == catalogue::UnitOfMeasure::kilogram;
    const auto price = catalogue::price_at(item, "regular", desk().trial.time().instant);
    const Money saving = priced.gross - priced.net;
    rows.push_back({words().name_of(item), why(i, definitions),
                    weighed ? to_wx(lines[i].quantity.to_string()) : to_wx(widgets::pieces_text(lines[i].quantity)),
                    price ? words().amount(*price) : to_wx("—"),
                    saving.is_zero() ? wxString() : words().amount(-saving), words().amount(priced.net)});
  }
  lines_->set(std::move(rows));
  totals_->set(words()("promo.trial.totals", {{"gross", to_utf8(words().sum(result_->priced.gross))},
                                              {"saving", to_utf8(words().sum(-result_->priced.discount))}}));
  net_->set(words()("promo.trial.net_sum", {{"net", to_utf8(words().sum(result_->priced.net))}}));
  steps_->set(steps(definitions));
}

void TrialPanel::update() {
  const Definitions definitions = desk().editor.is_open() ? desk().editor.with_this() : desk().model.draft();
  update_customers(definitions);
  auto result = price_trial(definitions, desk().trial.lines(), desk().trial.member(), desk().trial.time());
  const bool failed = !result;
  if (failed) problem_->set(NoteBox::Kind::warning, words().error(result.error()));
  result_ = failed ? std::nullopt : std::optional(std::move(*result));
  const bool filled = result_ && !desk().trial.lines().empty();
  if (filled) show_lines(definitions);
  if (!filled) lines_->set({});
  const auto& promotion = desk().editor.definition().promotion;
  bool changed = set_shown(problem_, failed);
  changed = set_shown(empty_, !filled && !failed) || changed;
  for (wxWindow* part : {static_cast<wxWindow*>(totals_), static_cast<wxWindow*>(net_), static_cast<wxWindow*>(how_),
                         static_cast<wxWindow*>(steps_), static_cast<wxWindow*>(clear_)}) {
    changed = set_shown(part, filled) || changed;
  }
  fill_->Enable(desk().editor.is_open() && promotion && !promotion->scope.items.empty());
  surface_->Layout();
  if (changed) lay_out_around(surface_);
}

}  // namespace lanekeeper::office

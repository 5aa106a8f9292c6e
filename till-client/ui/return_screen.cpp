#include "till_ui/return_screen.h"

#include <algorithm>

#include "till_ui/card.h"
#include "till_ui/prices_back.h"
#include "till_ui/reasons.h"
#include "till_ui/tender_desk.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::amount_text;
using widgets::Area;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr Action function_keys[] = {Action::leave_returns,   Action::other_receipt, Action::find_sale,
                                    Action::return_quantity, Action::return_all,    Action::blind_return,
                                    Action::exchange,        Action::void_receipt};
constexpr Action reason_keys[] = {Action::reason_1, Action::reason_2, Action::reason_3,
                                  Action::reason_4, Action::reason_5, Action::reason_6};
constexpr std::pair<Action, sale::ReturnedTo> destination_keys[] = {{Action::to_stock, sale::ReturnedTo::stock},
                                                                    {Action::to_waste, sale::ReturnedTo::waste},
                                                                    {Action::to_supplier, sale::ReturnedTo::supplier}};
constexpr double terms_height = 242;
constexpr double tall_terms_height = 314;  // where there is room
constexpr double term_key_height = 48;

// The words of a reason that a key has, or what was typed.
wxString reason_text(const Scene& scene, const std::string& reason, const Reasons& reasons = blind_reason_list) {
  for (int i = 1; reasons.has(i); ++i) {
    if (reasons.code(i) == reason) return scene.text(reasons.text_key(i));
  }
  return to_wx(reason);
}

std::string destination_key(sale::ReturnedTo to) {
  switch (to) {
    case sale::ReturnedTo::waste:
      return "till.action.to_waste";
    case sale::ReturnedTo::supplier:
      return "till.action.to_supplier";
    case sale::ReturnedTo::stock:
      break;
  }
  return "till.action.to_stock";
}

wxString units_text(catalogue::UnitOfMeasure unit, Quantity quantity) {
  const bool by_weight = unit == catalogue::UnitOfMeasure::kilogram;
  return to_wx(by_weight ? widgets::weight_text(quantity) : widgets::pieces_text(quantity));
}

// After a power cut the sale itself is not at hand: what was rung of it is.
void add_rung(const Scene& scene, ReturnList::Content& content) {
  for (const ViewLine& line : scene.desk.view().lines) {
    if (line.voided) continue;
    ReturnList::Row row;
    row.line = line.line;
    row.name = scene.name_of(line);
    row.back = units_text(line.unit, -line.quantity);
    row.refund = to_wx(amount_text(line.net));
    row.less = !scene.desk.is_void();
    content.rows.push_back(std::move(row));
  }
}

}  // namespace

ReturnScreen::ReturnScreen(wxWindow* parent, Desk& desk) : ScenePanel(parent), desk_(desk) {
  list_ = new ReturnList(this);
  list_->on_pressed([this](std::int64_t line) { desk_.choose_return_line(line); });
  list_->on_step([this](std::int64_t line, int step) { desk_.change_return(line, step); });
  list_->on_tick([this](std::int64_t line) { desk_.tick_return(line); });
  hint_ = new HintBar(this);
  entry_ = new widgets::EntryBar(this);
  entry_->key().Bind(
      wxEVT_BUTTON, [this](wxCommandEvent&) { desk_.act(desk_.part() != nullptr ? Action::cancel : Action::confirm); });
  due_ = new widgets::DueBlock(this);
  ways_ = new ReturnWays(this);
  terms_ = new widgets::Surface(this);
  reason_title_ = new widgets::Label(terms_, wxString(), {17, Weight::bold, theme().ink});
  place_title_ = new widgets::Label(terms_, wxString(), {17, Weight::bold, theme().ink});
  for (const Action action : reason_keys) reasons_.emplace_back(action, card_key(terms_, desk_, action));
  for (const auto& [action, to] : destination_keys) {
    destinations_.emplace_back(action, card_key(terms_, desk_, action));
  }
  for (const Action action : function_keys) {
    // Leaving asks first while goods are in the basket; only F10 does not.
    auto* key = action == Action::leave_returns ? new TouchKey(this) : action_key(this, desk_, action);
    if (action == Action::leave_returns) {
      key->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { desk_.press_back(); });
    }
    functions_.emplace_back(action, key);
  }
  refund_ = action_key(this, desk_, Action::refund);
  part_ = new TaskPanel(this, desk_);
  part_->Hide();
  digits_ = new DigitRow(this, desk_);
  digits_->Hide();
}

void ReturnScreen::update_places(const Scene& scene) {
  const bool open = scene.desk.part() != nullptr;
  if (open) {
    part_->show(scene);
    digits_->show(scene);
  }
  if (open == part_open_) return;
  part_open_ = open;
  part_->Show(open);
  digits_->Show(open);
  for (wxWindow* covered : std::initializer_list<wxWindow*>{ways_, terms_, refund_}) covered->Show(!open);
  for (const auto& [action, key] : functions_) key->Show(!open);
  lay_out_again();
}

void ReturnScreen::flash(Action action) {
  for (const auto* keys : {&functions_, &reasons_, &destinations_}) {
    for (const auto& [one, key] : *keys) {
      if (one == action) key->flash();
    }
  }
  if (action == Action::refund) refund_->flash();
}

void ReturnScreen::update(const Scene& scene) {
  if (!scene.desk.view().returning) return;
  update_places(scene);
  update_list(scene);
  update_hint(scene);
  update_due(scene);
  update_ways(scene);
  update_terms(scene);
  update_keys(scene);
  widgets::EntryBar::Content entry = part_entry(scene);
  if (scene.desk.part() != nullptr) return entry_->set(std::move(entry));
  entry.text = to_wx(scene.desk.text());
  entry.text_px = scene.metrics.narrow ? 16 : 18;
  entry.placeholder = scene.text(scene.metrics.narrow ? "till.entry.return_hint_short" : "till.entry.return_hint");
  entry.key_label = scene.text("till.key.enter");
  entry_->set(std::move(entry));
}

void ReturnScreen::update_list(const Scene& scene) {
  const ViewReturn& sale = *scene.desk.view().returning;
  ReturnList::Content content;
  content.narrow = scene.metrics.narrow;
  content.name = scene.text("till.list.item");
  content.sold = scene.text("till.returns.sold");
  content.net = scene.text("till.returns.net");
  content.back = scene.text("till.returns.back");
  content.refund = scene.text("till.returns.refund");
  for (const auto& line : sale.lines) {
    const auto back = scene.desk.returned(line.line);
    ReturnList::Row row;
    row.line = line.line;
    row.name = to_wx(scene.english() && !line.name_en.empty() ? line.name_en : line.name);
    row.sold = units_text(line.unit, line.sold);
    row.net = to_wx(amount_text(line.net));
    const bool some = back.quantity > Quantity();
    row.back = some ? units_text(line.unit, back.quantity) : wxString("0");
    if (some) row.refund = to_wx(amount_text(-back.amount));
    row.more = line.left > Quantity();
    row.less = some && !scene.desk.is_void();
    row.gone = !row.more && !some;
    row.selected = line.line == scene.desk.return_line();
    const std::string left = widgets::to_utf8(units_text(line.unit, line.left));
    if (some) {
      const ViewLine* newest = scene.desk.newest_returned(line.line);
      if (newest->return_reason.empty()) {
        row.tags.push_back({scene.text("till.returns.no_reason"), widgets::TagKind::attention});
      } else {
        row.tags.push_back({reason_text(scene, newest->return_reason), widgets::TagKind::accent});
      }
      if (newest->returned_to != sale::ReturnedTo::stock) {
        row.tags.push_back({scene.text(destination_key(newest->returned_to)), widgets::TagKind::stop});
      }
    }
    if (row.gone) {
      row.note = scene.text("till.returns.gone");
    } else if (!row.more) {
      row.note = scene.text("till.returns.all_of_it");
    } else {
      row.note = scene.text(content.narrow && row.tags.empty() ? "till.returns.left_of" : "till.returns.left",
                            {{"left", left}, {"net", amount_text(line.net)}});
    }
    content.rows.push_back(std::move(row));
  }
  if (sale.lines.empty()) add_rung(scene, content);
  list_->set(std::move(content));
}

void ReturnScreen::update_hint(const Scene& scene) {
  HintWords hint;
  const auto notice = scene.desk.notice();
  const bool incomplete = scene.desk.view().returning->may_be_incomplete;
  if (notice && !(notice->lasting && incomplete)) {
    hint = hint_words(scene, *notice);
  } else if (scene.desk.is_void()) {
    const auto reason = reason_text(scene, scene.desk.view().returning->void_reason, void_reason_list);
    hint.note = scene.text("till.returns.void_hint", {{"reason", widgets::to_utf8(reason)}});
    hint.kind = widgets::MessagePanel::Kind::attention;
    hint.icon = widgets::Icon::alert;
  } else if (incomplete) {
    hint.note = scene.text("till.returns.incomplete");
    hint.kind = widgets::MessagePanel::Kind::attention;
    hint.icon = widgets::Icon::alert;
  } else {
    hint.note = scene.text("till.returns.hint");
  }
  hint_->set(std::move(hint));
}

void ReturnScreen::update_due(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  widgets::DueBlock::Content content;
  content.refund = true;
  content.currency = scene.text("till.currency");
  content.amount_px = scene.metrics.narrow ? 68 : 84;
  content.label = scene.text("till.returns.due");
  content.amount = to_wx(amount_text(-view.total));
  content.facts = {{scene.text("till.due.lines", {{"count", std::to_string(view.line_count)}}),
                    scene.text("till.due.pieces", {{"count", std::to_string(view.item_count)}})}};
  const auto prices = prices_back(view);
  if (prices && prices->saved > Money()) {
    content.facts.insert(content.facts.begin(), {scene.text("till.returns.saved"), to_wx(amount_text(-prices->saved))});
    if (!scene.metrics.narrow) {
      content.facts.insert(content.facts.begin(),
                           {scene.text("till.returns.full_price"), to_wx(amount_text(prices->full))});
    }
  }
  due_->set(std::move(content));
}

// As it can go back: first the way it was paid.
void ReturnScreen::update_ways(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  ReturnWays::Content content;
  content.title = scene.text("till.returns.ways");
  content.hint = scene.text("till.returns.ways_hint");
  Money left = -view.total;
  for (const auto& option : view.refund_options) {
    const Money part = std::min(option.most, left);
    left -= part;
    ReturnWays::Content::Row row;
    row.name = scene.say(tender_words(scene.desk.lane(), option.kind, option.method));
    row.note = scene.text("till.returns.most", {{"amount", amount_text(option.most)}});
    row.amount = to_wx(amount_text(-part));
    row.icon = option.kind == sale::TenderKind::card      ? widgets::Icon::card
               : option.kind == sale::TenderKind::voucher ? widgets::Icon::ticket
                                                          : widgets::Icon::wallet;
    content.rows.push_back(std::move(row));
  }
  const bool in_cash = view.refund_options.empty() || left > Money();
  if (view.total.is_negative() && in_cash) {
    const Money cash = view.refund_options.empty() ? view.cash_due : -left;
    content.rows.push_back({scene.text("till.tender.cash"), wxString(), to_wx(amount_text(cash)), widgets::Icon::cash});
  }
  ways_->set(std::move(content));
}

void ReturnScreen::update_terms(const Scene& scene) {
  reason_title_->set(scene.text("till.returns.reason"));
  place_title_->set(scene.text("till.returns.place"));
  const int label_px = metrics().narrow ? (scene.english() ? 13 : 15) : (scene.english() ? 15 : 17);
  const auto show = [&](TouchKey* key, Action action, bool chosen) {
    TouchKey::Content content = key_content(scene, row_of(Place::returns, action));
    content.arrangement = metrics().narrow ? TouchKey::Arrangement::stacked : TouchKey::Arrangement::in_row;
    content.selected = chosen;
    content.label_px = label_px;
    key->set(content);
  };
  const std::string reason = scene.desk.return_reason();
  int number = 0;
  for (const auto& [action, key] : reasons_) show(key, action, blind_reason_list.code(++number) == reason);
  const auto to = scene.desk.returned_to();
  for (std::size_t i = 0; i < destinations_.size(); ++i) {
    show(destinations_[i].second, destinations_[i].first, destination_keys[i].second == to);
  }
}

void ReturnScreen::update_keys(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  for (const auto& [action, key] : functions_) {
    TouchKey::Content content = key_content(scene, row_of(Place::returns, action));
    if (action == Action::leave_returns) {
      content.cap = "Esc";
      content.label = scene.text("till.action.end_returns");
    }
    content.label_px = scene.metrics.narrow ? 13 : scene.english() ? 15 : 17;
    key->set(content);
  }
  refund_->set({.label = scene.text("till.returns.pay_out", {{"amount", amount_text(-view.cash_due)}}),
                .cap = "+",
                .look = TouchKey::Look::danger_filled,
                .arrangement = TouchKey::Arrangement::in_row,
                .available = view.line_count > 0,
                .label_px = scene.metrics.narrow ? 24 : 28,
                .cap_px = 20});
}

void ReturnScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  area.take_top(gap);
  area = area.inset(gap, 0);
  if (part_open_) {
    put(*digits_, area.take_bottom(theme().function_row_height, gap));
    Area panel = area.take_right(m.right_column, gap);
    put(*due_, panel.take_top(m.due_height, gap));
    put(*part_, panel);
    put(*entry_, area.take_bottom(theme().entry_height, gap));
    put(*hint_, area.take_bottom(66, gap));
    put(*list_, area);
    return;
  }
  Area right = area.take_right(m.right_column, gap);
  put(*refund_, right.take_bottom(theme().function_row_height, gap));
  put(*due_, right.take_top(m.due_height, gap));
  const double height = right.h > 2 * terms_height ? tall_terms_height : terms_height;
  const double key_height = term_key_height + (height - terms_height) / 3;
  const Area terms = right.take_bottom(height, gap);
  put(*terms_, terms);
  put(*ways_, right);
  Area inner = Area{0, 0, terms.w, terms.h}.inset(m.narrow ? 10 : 15, 8);
  const double key_gap = theme().key_gap;
  const double third = (inner.w - 2 * key_gap) / 3;
  const auto put_three = [&](const auto& keys, std::size_t first) {
    Area row = inner.take_top(key_height, key_gap);
    for (std::size_t i = first; i < first + 3; ++i) put(*keys[i].second, row.take_left(third, key_gap));
  };
  put(*reason_title_, inner.take_top(28, 2));
  put_three(reasons_, 0);
  put_three(reasons_, 3);
  put(*place_title_, inner.take_top(28, 2));
  put_three(destinations_, 0);

  Area functions = area.take_bottom(theme().function_row_height, gap);
  const auto count = static_cast<double>(functions_.size());
  const double width = (functions.w - (count - 1) * theme().key_gap) / count;
  for (const auto& [action, key] : functions_) put(*key, functions.take_left(width, theme().key_gap));
  put(*entry_, area.take_bottom(theme().entry_height, gap));
  put(*hint_, area.take_bottom(66, gap));
  put(*list_, area);
}

}  // namespace lanekeeper::till::ui

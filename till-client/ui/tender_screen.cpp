#include "till_ui/tender_screen.h"

#include <algorithm>
#include <cmath>

#include "till_ui/card.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::amount_text;
using widgets::Area;
using widgets::Icon;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr std::size_t most_savings = 6;
constexpr std::size_t most_savings_wide = 10;
constexpr double fact_height = 28;  // that more than three facts want in the due block

struct Way {
  Action action;
  Icon icon;
};
constexpr Way ways[] = {
    {Action::tender_cash, Icon::cash},           {Action::tender_card, Icon::card},
    {Action::tender_wechat, Icon::qr},           {Action::tender_alipay, Icon::qr},
    {Action::tender_stored_value, Icon::wallet}, {Action::tender_points, Icon::star},
    {Action::tender_coupon, Icon::ticket},       {Action::tender_more, Icon::plus},
};

Icon icon_of(sale::TenderKind kind) {
  switch (kind) {
    case sale::TenderKind::cash:
      return Icon::cash;
    case sale::TenderKind::card:
      return Icon::card;
    case sale::TenderKind::voucher:
      return Icon::ticket;
    case sale::TenderKind::other:
      break;
  }
  return Icon::wallet;
}

// Which key is down: that of the open panel, else cash.
Action chosen_way(const Desk& desk) {
  const TenderDesk& part = desk.tendering();
  if (!part.open()) return Action::tender_cash;
  return !part.choosing() && part.kind() == sale::TenderKind::card ? Action::tender_card : Action::tender_more;
}

bool goes_back_by(const RegisterView& view, Action action) {
  return std::any_of(view.refund_options.begin(), view.refund_options.end(), [action](const ViewRefundOption& option) {
    return (option.kind == sale::TenderKind::card) == (action == Action::tender_card);
  });
}

// Cash that is about to go out and may not lie in the drawer.
std::optional<Money> cash_beyond_drawer(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  if (view.refund_beyond_drawer) return -view.cash_due;
  const auto typed = scene.desk.typed_cash();
  if (!typed || !scene.desk.lane().is_beyond_drawer(*typed - view.cash_due)) return std::nullopt;
  return *typed - view.cash_due;
}

// What a column of figures needs: the longest of them, or its heading.
double width_of(const std::vector<widgets::LineRow>& rows, wxString widgets::LineRow::*figure,
                const wxString& heading) {
  wxString longest;
  for (const auto& row : rows) {
    if ((row.*figure).length() > longest.length()) longest = row.*figure;
  }
  constexpr int figure_px = 18;  // amounts are bold, and a little larger than names
  return std::ceil(std::max(widgets::measure_text(longest, figure_px, Weight::bold),
                            widgets::measure_text(heading, 16, Weight::bold)));
}

}  // namespace

TenderScreen::TenderScreen(wxWindow* parent, Desk& desk) : ScenePanel(parent), desk_(desk) {
  due_ = new widgets::DueBlock(this);
  tenders_ = new widgets::TenderList(this);
  tenders_->on_pressed([this](std::size_t index) { desk_.select_tender(index); });
  goods_ = new widgets::LineList(this);
  savings_ = new SavingsCard(this);
  cash_ = new CashPanel(this, desk_);
  part_ = new TaskPanel(this, desk_, TaskPanel::PadShape::block);
  part_->Hide();
  refund_ways_ = new TaskPanel(this, desk_);
  refund_ways_->Hide();
  digits_ = new DigitRow(this, desk_);
  digits_->Hide();
  for (const Way& way : ways) ways_.emplace_back(way.action, action_key(this, desk_, way.action));
  back_ = new TouchKey(this);
  back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { desk_.press_back(); });
  hint_ = new HintBar(this);
  finish_ = action_key(this, desk_, Action::finish);
}

// A panel of the desk's parts takes the place of cash, digits that of the foot.
void TenderScreen::update_places(const Scene& scene) {
  const DeskPart* part = scene.desk.part();
  const bool open = part != nullptr;
  const bool digits = open && part->holds() && part->panel().credentials.has_value();
  const bool refund = scene.desk.view().total.is_negative();
  const std::size_t rows = refund && !open ? scene.desk.view().refund_options.size() : 0;
  if (rows > 0) {
    refund_ways_->use(scene.desk.tendering().refund_ways());
    refund_ways_->show(scene);
  }
  if (open) part_->show(scene);
  if (digits) digits_->show(scene);
  if (open == part_open_ && digits == digits_shown_ && rows == refund_rows_) return;
  part_open_ = open;
  digits_shown_ = digits;
  refund_rows_ = rows;
  cash_->Show(!open);
  part_->Show(open);
  refund_ways_->Show(rows > 0);
  digits_->Show(digits);
  for (wxWindow* foot : std::initializer_list<wxWindow*>{back_, hint_, finish_}) foot->Show(!digits);
  lay_out_again();
}

void TenderScreen::update(const Scene& scene) {
  update_places(scene);
  update_due(scene);
  update_tenders(scene);
  update_keys(scene);
  update_goods(scene);
  update_foot(scene);
  cash_->show(scene);
  const SavingsWords savings = savings_words(scene);
  const std::size_t rows = std::min(savings.rows.size(), metrics().wide ? most_savings_wide : most_savings);
  const bool many_facts = due_->content().facts.size() > 3;
  if (rows != savings_rows_ || many_facts != many_facts_) {
    savings_rows_ = rows;
    many_facts_ = many_facts;
    lay_out_again();
  }
  savings_->set(savings);
}

void TenderScreen::update_due(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  widgets::DueBlock::Content content;
  content.facts_in_rows = true;
  if (view.total.is_negative()) {
    content.refund = true;
    content.facts.push_back(
        {scene.text("till.returns.due"), to_wx(amount_text(-view.total)), widgets::DueBlock::Tone::normal, true});
    if (!view.tenders.empty()) {
      content.facts.push_back({scene.text("till.returns.given"), to_wx(amount_text(-view.tendered))});
    }
    if (!view.cash_adjustment.is_zero()) {
      content.facts.push_back({scene.text("till.tender.rounding"), to_wx(amount_text(-view.cash_adjustment))});
    }
    content.label = scene.text("till.returns.pay_cash");
    content.currency = scene.text("till.currency");
    content.amount = to_wx(amount_text(-view.cash_due));
    content.amount_px = 76;
    due_->set(std::move(content));
    return;
  }
  if (!view.saving.is_zero()) {
    content.facts.push_back(
        {scene.text("till.due.saved"), to_wx(amount_text(-view.saving)), widgets::DueBlock::Tone::saving});
  }
  content.facts.insert(content.facts.begin(), {scene.text("till.due.label"), to_wx(amount_text(view.total)),
                                               widgets::DueBlock::Tone::normal, true});
  content.facts.push_back({scene.text("till.tender.collected"), to_wx(amount_text(view.tendered))});
  if (!view.cash_adjustment.is_zero()) {
    content.facts.push_back({scene.text("till.tender.rounding"), to_wx(amount_text(view.cash_adjustment))});
  }
  content.label = scene.text("till.tender.left");
  content.currency = scene.text("till.currency");
  content.amount = to_wx(amount_text(view.cash_due));
  content.amount_px = 76;
  due_->set(std::move(content));
}

void TenderScreen::update_tenders(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  widgets::TenderList::Content content;
  content.heading = scene.text("till.tender.list");
  content.hint = view.tenders.empty() ? wxString() : scene.text("till.tender.list_hint");
  content.empty = scene.text(!view.total.is_negative()     ? "till.tender.list_empty"
                             : view.refund_options.empty() ? "till.returns.cash_only"
                                                           : "till.returns.list_empty");
  if (view.total.is_negative()) content.heading = scene.text("till.returns.way");
  for (std::size_t i = 0; i < view.tenders.size(); ++i) {
    widgets::TenderList::Row row;
    const sale::Tender& tender = view.tenders[i];
    row.icon = icon_of(tender.kind);
    row.title = scene.say(tender_words(scene.desk.lane(), tender.kind, tender.method));
    if (!tender.reference.empty()) {
      row.note = scene.text("till.tender.reference", {{"reference", tender.reference}});
    }
    if (tender.face_value && *tender.face_value != tender.amount) {
      row.note += scene.text("till.tender.face", {{"amount", amount_text(*tender.face_value)}});
    }
    row.amount = to_wx(amount_text(tender.amount));
    row.status = scene.text("till.tender.taken");
    row.status_icon = Icon::check;
    row.selected = i == scene.desk.selected_tender();
    content.rows.push_back(std::move(row));
  }
  if (const auto amount = scene.desk.typed_cash()) {
    widgets::TenderList::Row row;
    row.icon = Icon::cash;
    row.title = scene.text("till.tender.cash");
    row.note = scene.text("till.tender.typing");
    row.amount = to_wx(amount_text(*amount));
    row.state = widgets::TenderList::Row::State::entering;
    content.rows.push_back(std::move(row));
  }
  tenders_->set(std::move(content));
}

void TenderScreen::update_keys(const Scene& scene) {
  for (std::size_t i = 0; i < ways_.size(); ++i) {
    const ActionRow& row = row_of(Place::tender, ways_[i].first);
    TouchKey::Content content = key_content(scene, row);
    content.icon = ways[i].icon;
    content.label_px = scene.english() || metrics().narrow ? 15 : 18;
    const Action action = ways_[i].first;
    content.selected = action == chosen_way(scene.desk);
    if (scene.desk.view().total.is_negative() && action != Action::tender_cash) {
      const bool offered = action == Action::tender_card || action == Action::tender_more;
      content.available = offered && goes_back_by(scene.desk.view(), action);
    }
    ways_[i].second->set(content);
  }
}

void TenderScreen::update_goods(const Scene& scene) {
  std::vector<widgets::LineRow> rows;
  for (const ViewLine& line : scene.desk.view().lines) {
    if (line.voided) continue;
    rows.push_back(line_row(scene, line, static_cast<int>(rows.size()) + 1, false));
    rows.back().price.clear();
    rows.back().note.clear();
    rows.back().tags.clear();
    if (line.returns) {
      const bool pledge = line.deposit && line.returned_line == 0;
      rows.back().tags.push_back(
          {scene.text(pledge ? "till.tag.deposit_back" : "till.tag.returned"), widgets::TagKind::red_filled});
    }
  }
  // The figures take what they need, the names what is left: there is little room between payments and pad.
  const widgets::LineList::Headings headings{
      scene.text("till.list.item"), scene.text("till.list.quantity"), {}, {}, scene.text("till.list.amount")};
  widgets::LineList::Columns columns{.number = 26, .price = 0, .saving = 0, .gap = 8};
  columns.name_px = columns.figure_px = 17;
  columns.quantity = width_of(rows, &widgets::LineRow::quantity, headings.quantity);
  columns.amount = width_of(rows, &widgets::LineRow::amount, headings.amount);
  const i18n::Texts* texts = &scene.texts;
  const auto strip = [texts](const char* key) {
    return [texts, key](int count) { return to_wx(texts->text(key, {{"count", std::to_string(count)}})); };
  };
  goods_->set_layout(columns, headings, {strip("till.list.above"), strip("till.list.below")});
  goods_->set_rows(std::move(rows));
}

void TenderScreen::update_foot(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  const bool in_return = scene.desk.in_return();
  back_->set({.label = scene.text("till.action.back_to_sale"), .cap = "Esc", .label_px = metrics().narrow ? 17 : 20});
  HintBar::Content hint;
  const auto notice = scene.desk.notice();
  const auto cash_out = cash_beyond_drawer(scene);
  if (notice && !(notice->lasting && cash_out)) {
    hint = hint_words(scene, *notice);
  } else if (cash_out) {
    hint.title = scene.text(view.total.is_negative() ? "till.beyond_drawer.refund" : "till.beyond_drawer.change",
                            {{"amount", amount_text(*cash_out)}});
    hint.note = scene.text("till.beyond_drawer.note");
    hint.kind = widgets::MessagePanel::Kind::attention;
    hint.icon = Icon::alert;
  } else {
    hint.note = scene.text(view.total.is_negative()         ? "till.returns.tender_hint"
                           : view.cash_adjustment.is_zero() ? "till.tender.hint"
                                                            : "till.tender.hint_rounding");
  }
  hint_->set(std::move(hint));
  if (in_return) {
    back_->set(
        {.label = scene.text("till.action.back_to_returns"), .cap = "Esc", .label_px = metrics().narrow ? 17 : 20});
  }
  if (view.total.is_negative()) {
    finish_->set({.label = scene.text("till.returns.pay_out", {{"amount", amount_text(-view.cash_due)}}),
                  .cap = "+",
                  .look = TouchKey::Look::danger_filled,
                  .label_px = metrics().narrow ? 20 : 24});
    return;
  }
  const auto typed_amount = scene.desk.typed_cash();
  TouchKey::Content finish;
  finish.label = scene.text("till.action.finish");
  finish.cap = "+";
  finish.look = TouchKey::Look::primary;
  finish.label_px = metrics().narrow ? 20 : 24;
  finish.note_px = 13;
  const bool covered = view.cash_due.is_zero() || (typed_amount && *typed_amount >= view.cash_due);
  finish.available = covered;
  if (!covered) finish.note = scene.text("till.tender.missing", {{"amount", amount_text(view.cash_due)}});
  finish_->set(finish);
}

void TenderScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area foot = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  put(*digits_, foot);
  area.take_top(gap);
  area = area.inset(gap, 0);
  put(*back_, foot.take_left(m.narrow ? 132 : 200, gap));
  put(*finish_, foot.take_right(m.narrow ? 220 : 348, gap));
  put(*hint_, foot);

  const auto place_ways = [this](Area place) {
    const double width = (place.w - 3 * theme().key_gap) / 4;
    const double height = (place.h - theme().key_gap) / 2;
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      put(*ways_[i].second, cell(place, i, 4, width, height, theme().key_gap));
    }
  };
  goods_->Show(!m.narrow);
  savings_->Show(!m.narrow && savings_rows_ > 0);
  const auto place_cash = [this, gap](Area place) {
    put(*part_, place);
    if (refund_rows_ > 0) {
      Area below = place;
      below.take_top(230);
      const double wanted = 74.0 + 46.0 * static_cast<double>(refund_rows_);
      put(*refund_ways_, below.take_top(std::min(below.h, wanted)));
      place.h = 230 - gap;
    }
    put(*cash_, place);
  };
  if (m.narrow) {
    place_cash(area.take_right(516, gap));
    put(*due_, area.take_top(232 + (many_facts_ ? fact_height : 0), gap));
    place_ways(area.take_top(158, gap));
    put(*tenders_, area);
    return;
  }
  const double column = m.wide ? 480 : 404;
  Area left = area.take_left(column, gap);
  put(*due_, left.take_top(246 + (many_facts_ ? fact_height : 0), gap));
  put(*tenders_, left);
  Area middle = area.take_left(m.wide ? 620 : 404, gap);
  place_ways(middle.take_top(174, gap));
  if (savings_rows_ > 0) put(*savings_, middle.take_bottom(50 + 27.0 * static_cast<double>(savings_rows_), gap));
  put(*goods_, middle);
  place_cash(area);
}

}  // namespace lanekeeper::till::ui

#include "till_ui/sale_screen.h"

#include "till_ui/card.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::amount_text;
using widgets::Area;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;

namespace {

constexpr Action function_keys[] = {Action::price_check, Action::member,  Action::quantity,     Action::change_price,
                                    Action::discount,    Action::hold,    Action::return_goods, Action::read_scale,
                                    Action::find_item,   Action::reprint, Action::more,         Action::lock};
constexpr double savings_height = 214;

// The line that is being changed.
std::int64_t marked_line(const Desk& desk) {
  switch (desk.task()) {
    case Task::change_price:
    case Task::price_reason:
      return desk.price_change().line;
    case Task::discount:
    case Task::discount_reason:
      return desk.discount().whole_basket ? 0 : desk.discount().line;
    default:
      return desk.approval().open() ? desk.approval().line() : desk.note().line();
  }
}

}  // namespace

SaleScreen::SaleScreen(wxWindow* parent, Desk& desk) : ScenePanel(parent), desk_(desk) {
  make_left();
  make_right();
  for (const Action action : function_keys) {
    functions_.emplace_back(action, action_key(this, desk_, action));
  }
  digits_ = new DigitRow(this, desk_);
  digits_->Hide();
}

void SaleScreen::make_left() {
  banner_ = new widgets::LastItemBanner(this);
  message_ = new widgets::MessagePanel(this);
  message_->on_key([this](int id) {
    const auto index = static_cast<std::size_t>(id);
    if (index < message_keys_.size()) desk_.act(message_keys_[index].action);
  });
  lines_ = new widgets::LineList(this);
  lines_->on_pressed([this](std::int64_t line) { desk_.select_line(line); });
  results_ = new widgets::ResultList(this);
  results_->on_pressed([this](int index) { desk_.press_result(index); });
  idle_ = new LastSalePanel(this);
  offers_ = new OfferStrip(this);
  entry_ = new widgets::EntryBar(this);
  entry_->key().Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    const bool gives_up = desk_.part() != nullptr && desk_.part()->holds();
    desk_.act(gives_up ? Action::cancel : Action::confirm);
  });
}

void SaleScreen::make_right() {
  member_ = new MemberCard(this, desk_);
  due_ = new widgets::DueBlock(this);
  savings_ = new SavingsCard(this);
  pay_ = action_key(this, desk_, Action::pay);
  side_ = new wxSimplebook(this);
  quick_keys_ = new QuickKeyPanel(side_, desk_);
  offline_ = new OfflinePanel(side_, desk_);
  letters_ = new LetterPanel(side_, desk_);
  price_ = new PricePanel(side_, desk_);
  code_ = new CodePanel(side_, desk_);
  discount_ = new DiscountPanel(side_, desk_);
  more_ = new MorePanel(side_, desk_);
  part_ = new TaskPanel(side_, desk_);
  for (wxWindow* page :
       std::initializer_list<wxWindow*>{quick_keys_, offline_, letters_, price_, code_, discount_, more_, part_}) {
    side_->AddPage(page, wxString());
  }
}

void SaleScreen::flash(Action action) {
  for (const auto& [one, key] : functions_) {
    if (one == action) key->flash();
  }
  if (action == Action::pay) pay_->flash();
}

void SaleScreen::update(const Scene& scene) {
  update_places(scene);
  update_banner(scene);
  update_middle(scene);
  offers_->set(offer_words(scene));
  update_entry(scene);
  update_due(scene);
  member_->set(member_words(scene));
  savings_->set(savings_words(scene));
  update_side(scene);
  update_functions(scene);
}

void SaleScreen::update_banner(const Scene& scene) {
  const auto notice = scene.desk.notice();
  if (notice) {
    message_keys_ = notice->keys;
    message_->set(message_content(scene, *notice));
    return show_only(message_, {message_, banner_});
  }
  const RegisterView& view = scene.desk.view();
  widgets::LastItemBanner::Content content;
  content.compact = scene.metrics.narrow;
  const Task task = scene.desk.task();
  const ViewLine* last = scene.desk.line(view.last_line);
  if (task == Task::price_check || task == Task::search) {
    content.quiet = true;
    const bool check = task == Task::price_check;
    content.name = scene.text(check ? "till.price_check.prompt" : "till.search.prompt");
    content.detail = scene.text(check ? "till.price_check.prompt_note" : "till.search.prompt_note");
  } else if (last != nullptr) {
    content.caption = scene.text("till.banner.last");
    const auto place = std::find_if(view.lines.begin(), view.lines.end(),
                                    [&](const ViewLine& line) { return line.line == view.last_line; });
    content.place =
        scene.text("till.banner.line", {{"line", std::to_string(std::distance(view.lines.begin(), place) + 1)}});
    content.name = scene.name_of(*last);
    content.detail = detail_text(scene, *last);
    content.amount = to_wx(amount_text(last->voided ? Money() : last->net));
  } else {
    content.quiet = true;
    content.name = scene.text("till.banner.first");
    content.detail = scene.text("till.banner.first_note");
  }
  banner_->set(std::move(content));
  show_only(banner_, {message_, banner_});
}

void SaleScreen::update_middle(const Scene& scene) {
  const Entry entry = scene.desk.entry();
  const bool several_prices = entry == Entry::price_check && !scene.desk.results().empty();
  if (entry == Entry::search || entry == Entry::choice || several_prices) {
    update_results(scene);
    return show_only(results_, {lines_, results_, idle_});
  }
  if (scene.desk.view().lines.empty()) {
    update_idle(scene);
    return show_only(idle_, {lines_, results_, idle_});
  }
  update_lines(scene);
  show_only(lines_, {lines_, results_, idle_});
}

void SaleScreen::update_lines(const Scene& scene) {
  widgets::LineList::Columns columns;
  if (scene.metrics.narrow) {
    columns = {.number = 28, .quantity = 82, .price = 66, .saving = 0, .amount = 84, .gap = 10};
    columns.name_px = columns.figure_px = 17;
  }
  // Nine rows beside the strip of offers, on a screen of the base height.
  if (scene.metrics.height < 900) columns.row_height = 43;
  widgets::LineList::Headings headings{scene.text("till.list.item"), scene.text("till.list.quantity"),
                                       scene.text("till.list.price"), scene.text("till.list.saving"),
                                       scene.text("till.list.amount")};
  const i18n::Texts* texts = &scene.texts;
  const auto strip = [texts](const char* key) {
    return [texts, key](int count) { return to_wx(texts->text(key, {{"count", std::to_string(count)}})); };
  };
  lines_->set_layout(columns, std::move(headings), {strip("till.list.above"), strip("till.list.below")});

  const RegisterView& view = scene.desk.view();
  std::vector<widgets::LineRow> rows;
  std::size_t reveal = 0;
  const std::int64_t marked = marked_line(scene.desk);
  for (const ViewLine& line : view.lines) {
    const int number = static_cast<int>(rows.size()) + 1;
    rows.push_back(line_row(scene, line, number, scene.metrics.narrow));
    if (line.line == view.selected_line) reveal = rows.size() - 1;
    rows.back().current = line.line == view.selected_line;
    using State = widgets::LineRow::State;
    if (line.line == marked) {
      rows.back().state = State::marked;
    } else if (line.voided) {
      rows.back().state = State::voided;
    } else if (line.line == view.selected_line) {
      rows.back().state = State::selected;
    }
  }
  const bool moved = rows.size() != shown_lines_ || view.selected_line != revealed_line_;
  shown_lines_ = rows.size();
  revealed_line_ = view.selected_line;
  lines_->set_rows(std::move(rows));
  if (moved) lines_->reveal(reveal);
}

void SaleScreen::update_results(const Scene& scene) {
  const Entry entry = scene.desk.entry();
  widgets::ResultList::Content content;
  const auto& found = scene.desk.results();
  content.selected = scene.desk.selected_result();
  content.hint = scene.text(entry == Entry::choice ? "till.choose.hint" : "till.search.hint");
  content.heading = entry == Entry::choice
                        ? scene.text("till.choose.heading", {{"count", std::to_string(found.size())}})
                        : scene.text("till.search.heading", {{"count", std::to_string(found.size())}});
  if (entry == Entry::search) content.highlight = to_wx(scene.desk.text());
  const bool nothing_typed = scene.desk.text().empty();
  if (nothing_typed && found.empty()) content.heading.clear();
  content.empty = scene.text(nothing_typed ? "till.search.empty" : "till.search.nothing");
  content.empty_note = scene.text(nothing_typed ? "till.search.empty_note" : "till.search.nothing_note");
  int number = 0;
  for (const auto& item : found) {
    ++number;
    const wxString cap = entry == Entry::choice && number <= 9 ? wxString::Format("%d", number) : wxString();
    content.rows.push_back(result_row(scene, item, cap));
  }
  results_->set(std::move(content));
}

void SaleScreen::update_idle(const Scene& scene) {
  const auto& last = scene.desk.view().last_sale;
  LastSalePanel::Content content;
  content.next = scene.text("till.idle.next");
  content.done = last.has_value();
  if (!last) {
    content.title = scene.text("till.idle.title");
    content.note = scene.text("till.idle.note");
    content.next.clear();
  } else if (last->payable.is_negative()) {
    content.title = scene.text("till.last_sale.refunded");
    content.note = scene.text("till.last_sale.refund_note", {{"number", std::to_string(last->receipt_number)}});
    content.refund = true;
    content.rows = {{scene.text("till.last_sale.paid_out"), to_wx(amount_text(-last->payable)), true}};
  } else {
    content.title = scene.text("till.last_sale.title");
    content.note = scene.text("till.last_sale.note", {{"number", std::to_string(last->receipt_number)}});
    const auto& savings = scene.desk.last_savings();
    if (!savings.all.is_zero()) {
      content.rows.push_back({scene.text("till.due.saved"), to_wx(amount_text(-savings.all))});
    }
    if (!savings.coupons.is_zero()) {
      content.rows.push_back({scene.text("till.last_sale.coupons"), to_wx(amount_text(-savings.coupons))});
    }
    content.rows.push_back({scene.text("till.last_sale.payable"), to_wx(amount_text(last->payable))});
    content.rows.push_back({scene.text("till.last_sale.tendered"), to_wx(amount_text(last->tendered))});
    content.rows.push_back({scene.text("till.last_sale.change"), to_wx(amount_text(last->change)), true});
  }
  idle_->set(std::move(content));
}

// Panels of the desk's parts take the place of the pay key too; digits that of the function keys.
void SaleScreen::update_places(const Scene& scene) {
  const DeskPart* part = scene.desk.part();
  const bool open = part != nullptr;
  const bool digits = open && part->holds() && part->panel().credentials.has_value();
  if (digits) digits_->show(scene);
  if (open == part_open_ && digits == digits_shown_) return;
  part_open_ = open;
  digits_shown_ = digits;
  digits_->Show(digits);
  for (const auto& [action, key] : functions_) key->Show(!digits);
  pay_->Show(!open);
  lay_out_again();
}

void SaleScreen::update_entry(const Scene& scene) {
  const Desk& desk = scene.desk;
  widgets::EntryBar::Content content = part_entry(scene);
  if (desk.part() == nullptr) fill_entry(scene, content);
  const ScaleWords scale = scale_words(desk.lane().weight());
  const bool has_scale = desk.lane().weight().state != ScaleReading::State::none;
  if (has_scale && content.side_text.empty() && desk.text().empty() && !content.attention) {
    content.side_icon = widgets::Icon::scale;
    content.side_strong = to_wx(scale.weight);
    if (!scene.metrics.narrow || scale.weight.empty()) content.side_text = scene.text(scale.state);
  }
  entry_->set(std::move(content));
}

void SaleScreen::fill_entry(const Scene& scene, widgets::EntryBar::Content& content) const {
  const Desk& desk = scene.desk;
  content.text = to_wx(desk.text());
  content.text_px = scene.metrics.narrow ? 16 : 18;
  content.key_label = scene.text("till.key.enter");
  const auto line_label = [&](const char* key, std::int64_t number) {
    return scene.text(key, {{"line", std::to_string(number)}});
  };
  switch (desk.entry()) {
    case Entry::search:
      content.label = scene.text("till.entry.search");
      content.placeholder = scene.text("till.entry.search_hint");
      break;
    case Entry::price_check:
      content.label = scene.text("till.entry.price_check");
      content.placeholder = scene.text("till.entry.price_check_hint");
      break;
    case Entry::quantity:
      content.label = line_label("till.entry.quantity", desk.price_change().line);
      content.placeholder = scene.text("till.entry.quantity_hint");
      content.attention = true;
      break;
    case Entry::price:
      content.label = line_label("till.entry.price", desk.price_change().line);
      content.placeholder = scene.text("till.entry.price_hint");
      content.attention = true;
      break;
    case Entry::member:
      content.label = scene.text("till.entry.member");
      content.placeholder = scene.text("till.entry.member_hint");
      break;
    case Entry::coupon:
      content.label = scene.text("till.entry.coupon");
      content.placeholder = scene.text("till.entry.coupon_hint");
      break;
    case Entry::receipt:
      content.label = scene.text("till.entry.receipt");
      content.placeholder = scene.text("till.entry.receipt_hint");
      break;
    case Entry::discount:
      content.label =
          scene.text(desk.discount().percent ? "till.entry.discount_percent" : "till.entry.discount_amount");
      content.placeholder = scene.text("till.entry.discount_hint");
      content.attention = true;
      break;
    case Entry::reason:
      content.label =
          scene.text(desk.task() == Task::discount_reason ? "till.entry.discount_reason" : "till.entry.reason");
      content.placeholder = scene.text(desk.task() == Task::discount_reason ? "till.entry.discount_reason_hint"
                                                                            : "till.entry.reason_hint");
      content.attention = true;
      break;
    case Entry::weight:
      content.label = scene.text("till.entry.weight");
      content.placeholder = scene.text("till.entry.weight_hint");
      content.attention = true;
      break;
    case Entry::quick_key:
      content.label = scene.text("till.entry.quick_key");
      content.placeholder = scene.text("till.entry.quick_key_hint");
      break;
    case Entry::open_price:
      content.label = scene.text("till.entry.open_price");
      content.placeholder = scene.text("till.entry.open_price_hint");
      content.attention = true;
      break;
    case Entry::choice:
      content.label = scene.text("till.entry.choice");
      content.placeholder = scene.text("till.entry.choice_hint");
      content.attention = true;
      break;
    default:
      content.placeholder = scene.text(desk.view().age_check ? "till.entry.age_hint" : "till.entry.goods_hint");
      content.attention = desk.view().age_check.has_value();
      if (content.attention) content.key_label.clear();
      break;
  }
  if (desk.view().pending_quantity) {
    content.chip = scene.text("till.entry.times", {{"quantity", desk.view().pending_quantity->to_string()}});
  }
  if (desk.queued_scans() > 0) {
    content.side_text = scene.text("till.entry.queued", {{"count", std::to_string(desk.queued_scans())}});
  }
}

void SaleScreen::update_due(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  widgets::DueBlock::Content content;
  content.currency = scene.text("till.currency");
  content.amount_px = scene.metrics.narrow ? 68 : 84;
  const auto& last = view.last_sale;
  if (view.lines.empty() && last && last->payable.is_negative()) {
    content.refund = true;
    content.label = scene.text("till.last_sale.paid_out");
    content.amount = to_wx(amount_text(-last->payable));
  } else if (view.lines.empty() && last) {
    content.facts = {{scene.text("till.last_sale.payable"), to_wx(amount_text(last->payable))},
                     {scene.text("till.last_sale.tendered"), to_wx(amount_text(last->tendered))}};
    content.label = scene.text("till.last_sale.change");
    content.amount = to_wx(amount_text(last->change));
  } else {
    using Tone = widgets::DueBlock::Tone;
    content.facts.push_back({scene.text("till.due.subtotal"), to_wx(amount_text(view.gross))});
    if (!view.saving.is_zero()) {
      content.facts.push_back({scene.text("till.due.saved"), to_wx(amount_text(-view.saving)), Tone::saving});
    }
    content.facts.push_back({scene.text("till.due.lines", {{"count", std::to_string(view.line_count)}}),
                             scene.text("till.due.pieces", {{"count", std::to_string(view.item_count)}})});
    content.refund = view.total.is_negative() || view.blind_return;
    content.label = scene.text(content.refund ? "till.returns.due" : "till.due.label");
    content.amount = to_wx(amount_text(content.refund ? -view.total : view.total));
  }
  const bool pays_out = view.total.is_negative();
  due_->set(std::move(content));
  pay_->set({.label = pays_out ? scene.text("till.returns.pay_out", {{"amount", amount_text(-view.cash_due)}})
                               : scene.text("till.action.pay"),
             .cap = "+",
             .look = pays_out ? TouchKey::Look::danger_filled : TouchKey::Look::primary,
             .arrangement = TouchKey::Arrangement::in_row,
             .available = view.line_count > 0,
             .label_px = scene.metrics.narrow ? 26 : 28,
             .cap_px = 20});
}

void SaleScreen::update_side(const Scene& scene) {
  ScenePanel* page = side_page(scene);
  // Panels that ask for something need the room; the quick keys leave it to the customer.
  const bool with_member = page == quick_keys_ && !part_open_;
  if (member_->IsShown() != with_member) {
    member_->Show(with_member);
    lay_out_again();
  }
  page->show(scene);
  const int index = side_->FindPage(page);
  if (side_->GetSelection() != index) side_->ChangeSelection(static_cast<std::size_t>(index));
}

ScenePanel* SaleScreen::side_page(const Scene& scene) const {
  if (scene.desk.part() != nullptr) return part_;
  switch (scene.desk.task()) {
    case Task::search:
      return letters_;
    case Task::change_price:
    case Task::price_reason:
      return price_;
    case Task::member:
    case Task::coupon:
    case Task::receipt:
      return code_;
    case Task::discount:
    case Task::discount_reason:
      return discount_;
    case Task::more:
      return more_;
    default:
      break;
  }
  const bool offline = scene.desk.entry() == Entry::goods && scene.desk.side() == SidePanel::offline;
  return offline ? static_cast<ScenePanel*>(offline_) : quick_keys_;
}

void SaleScreen::update_functions(const Scene& scene) {
  for (const auto& [action, key] : functions_) {
    TouchKey::Content content = key_content(scene, row_of(Place::sale, action));
    content.label_px = scene.metrics.narrow ? 14 : scene.english() ? 16 : 18;
    const Task task = scene.desk.task();
    const DeskPart* part = scene.desk.part();
    const Place place = part == nullptr ? Place::sale : part->place();
    if (action == Action::return_goods && scene.desk.in_return()) {
      content.label =
          scene.text(scene.desk.view().selling_in_return ? "till.action.back_to_returns" : "till.action.exchange");
    }
    content.selected =
        (action == Action::hold && place == Place::hold) || (action == Action::read_scale && place == Place::scale) ||
        (action == Action::reprint && place == Place::reprint) ||
        (action == Action::price_check && task == Task::price_check) ||
        (action == Action::find_item && task == Task::search) || (action == Action::more && task == Task::more) ||
        (action == Action::member && task == Task::member) ||
        (action == Action::return_goods && task == Task::receipt) ||
        (action == Action::discount && (task == Task::discount || task == Task::discount_reason)) ||
        (action == Action::change_price && (task == Task::change_price || task == Task::price_reason));
    key->set(content);
  }
}

void SaleScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area functions = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  area.take_top(gap);
  area = area.inset(gap, 0);
  Area right = area.take_right(m.right_column, gap);

  const Area banner = area.take_top(m.banner_height, gap);
  put(*banner_, banner);
  put(*message_, banner);
  put(*entry_, area.take_bottom(theme().entry_height - (m.narrow ? 2 : 0), gap));
  put(*offers_, area.take_bottom(OfferStrip::height, OfferStrip::gap));
  for (wxWindow* middle : std::initializer_list<wxWindow*>{lines_, results_, idle_}) put(*middle, area);

  if (member_->IsShown()) put(*member_, right.take_top(m.member_height, gap));
  put(*due_, right.take_top(m.due_height, gap));
  if (!part_open_) put(*pay_, right.take_top(m.pay_height, gap));
  savings_->Show(m.wide && !part_open_);
  if (m.wide && !part_open_) put(*savings_, right.take_top(savings_height, gap));
  put(*side_, right);

  put(*digits_, functions);
  const double key_gap = m.narrow ? 4 : theme().key_gap;
  const double group_gap = m.narrow ? 10 : theme().key_group_gap;
  const double width = (functions.w - 9 * key_gap - 2 * group_gap) / 12;
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    const bool group_end = i % 4 == 3;
    put(*functions_[i].second, functions.take_left(width, group_end ? group_gap : key_gap));
  }
}

}  // namespace lanekeeper::till::ui

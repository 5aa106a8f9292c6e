#include "office_ui/item_panel.h"

#include <algorithm>
#include <array>

#include <wx/dcbuffer.h>

#include "office_ui/item_table.h"
#include "office_ui/layout.h"
#include "widgets/table_cells.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;
using widgets::NoteBox;
using widgets::theme;
using widgets::to_utf8;
using widgets::Weight;

ItemPanel::ItemPanel(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  surface_ = new widgets::Surface(this);
  build_head();
  book_ = new wxSimplebook(surface_);
  book_->SetBackgroundColour(theme().panel);
  fields_ = new ItemFields(book_, shell());
  codes_ = new CodesEditor(book_, shell());
  book_->AddPage(fields_, wxString());
  book_->AddPage(codes_, wxString());
  message_ = new NoteBox(surface_, NoteBox::Kind::stop, wxString());
  wxWindow* conflict = build_conflict();
  build_foot();

  auto titles = column_of(surface_, 0);
  titles.add(title_).add(subtitle_);
  auto head = row_of(surface_, 0);
  head.add_space(18).add(titles, 1).add_centred(close_).add_space(10);
  auto tabs = row_of(surface_, 0);
  tabs.add_space(18).add(tabs_, 1).add_space(18);
  auto messages = column_of(surface_, 8);
  messages.add(message_).add(conflict);
  auto messages_row = row_of(surface_, 0);
  messages_row.add_space(18).add(messages, 1).add_space(18);
  auto column = column_of(surface_, 6);
  column.add(head).add(tabs).add(book_, 1).add(messages_row).add(foot_);
  auto* around_all = new wxBoxSizer(wxVERTICAL);
  around_all->AddSpacer(px(14));
  around_all->Add(column.sizer(), wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT, px(1)));
  around_all->AddSpacer(px(4));
  surface_->SetSizer(around_all);
  auto* own = new wxBoxSizer(wxVERTICAL);
  own->Add(surface_, wxSizerFlags(1).Expand());
  SetSizer(own);
  watch(office().goods().editor());
  watch(office().store());
}

void ItemPanel::build_head() {
  title_ = new widgets::Label(surface_, wxString(), {17, Weight::bold, theme().ink});
  subtitle_ = new widgets::Label(surface_, wxString(), {14, Weight::regular, theme().ink_quiet});
  title_->set_may_shrink();
  subtitle_->set_may_shrink();
  Button::Content close;
  close.icon = Icon::cross;
  close.look = Button::Look::quiet;
  close.compact = true;
  close_ = new Button(surface_, close);
  close_->set_ground(theme().panel);
  close_->SetLabel(words()("close"));
  close_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (editor().dirty()) return ask_to_finish();
    CallAfter([this] { editor().close(); });
  });
  tabs_ = new widgets::TabStrip(surface_);
  tabs_->set(tab_labels(), 0);
  tabs_->on_select([this](int tab) { show_tab(tab); });
}

wxWindow* ItemPanel::build_conflict() {
  conflict_buttons_ = new wxPanel(surface_);
  conflict_buttons_->SetBackgroundColour(theme().panel);
  const auto button = [this](std::string_view label, Button::Look look, void (ItemEditor::*what)()) {
    Button::Content content;
    content.label = words()(label);
    content.look = look;
    content.compact = true;
    auto* made = new Button(conflict_buttons_, content);
    made->set_ground(theme().panel);
    made->Bind(wxEVT_BUTTON, [this, what](wxCommandEvent&) { CallAfter([this, what] { (editor().*what)(); }); });
    return made;
  };
  auto row = row_of(conflict_buttons_, 8);
  row.add(button("item.take_theirs", Button::Look::plain, &ItemEditor::take_theirs));
  row.add(button("item.keep_mine", Button::Look::primary, &ItemEditor::keep_mine), 1);
  conflict_buttons_->SetSizer(row.sizer());
  return conflict_buttons_;
}

void ItemPanel::build_foot() {
  foot_ = new wxPanel(surface_);
  foot_->SetBackgroundColour(theme().panel);
  foot_->SetBackgroundStyle(wxBG_STYLE_PAINT);
  foot_->Bind(wxEVT_PAINT, [this](wxPaintEvent&) {
    wxAutoBufferedPaintDC dc(foot_);
    widgets::paint_on(dc, foot_->GetClientRect(), [](widgets::Painter& painter) {
      painter.fill(painter.area(), theme().panel);
      painter.fill({0, 0, painter.width(), 1}, theme().line);
    });
  });
  Button::Content discard;
  discard.label = words()("item.discard");
  discard.hotkey = "Esc";
  discard_ = new Button(foot_, discard);
  discard_->set_ground(theme().panel);
  discard_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { this->discard(); }); });
  Button::Content save;
  save.label = words()("item.save");
  save.hotkey = "Ctrl+S";
  save.look = Button::Look::primary;
  save_ = new Button(foot_, save);
  save_->set_ground(theme().panel);
  save_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { this->save(); }); });
  auto row = row_of(foot_, 8);
  row.add(discard_).add(save_, 1);
  foot_->SetSizer(row.padded(17, 12));
}

void ItemPanel::save() {
  if (!office().allows(access::Permission::items_edit)) return;
  asked_to_finish_ = false;
  editor().save();
  go_to_problem();
}

void ItemPanel::go_to_problem() {
  const auto problems = editor().shown_problems();
  if (problems.empty() || editor().saving() != ItemEditor::Saving::no) return;
  // The topmost on the screen.
  const auto place = [](const FieldProblem& problem) {
    constexpr std::array order{ItemField::codes, ItemField::name, ItemField::price, ItemField::cost};
    const auto found = std::find(order.begin(), order.end(), problem.field);
    const bool on_other_tab = problem.field == ItemField::codes && problem.row > 0;
    return on_other_tab ? order.size() + 1 : static_cast<std::size_t>(found - order.begin());
  };
  const auto first = std::min_element(problems.begin(), problems.end(),
                                      [&](const auto& a, const auto& b) { return place(a) < place(b); });
  if (first->field == ItemField::codes && first->row > 0) {
    show_tab(1);
    codes_->focus_row(first->row);
  } else {
    focus(first->field);
  }
}

void ItemPanel::discard() {
  asked_to_finish_ = false;
  if (editor().dirty() && !editor().is_new()) {
    editor().discard();
  } else {
    editor().close();
  }
}

void ItemPanel::ask_to_finish() {
  asked_to_finish_ = true;
  update_soon();
}

void ItemPanel::focus_first() {
  show_tab(0);
  fields_->focus(editor().is_new() ? ItemField::codes : ItemField::price);
}

void ItemPanel::focus(ItemField field) {
  show_tab(0);
  fields_->focus(field);
}

void ItemPanel::show_codes() {
  show_tab(1);
  codes_->focus_last();
}

std::vector<wxString> ItemPanel::tab_labels() const {
  const std::size_t codes = editor().is_open() ? editor().form().codes.size() : 0;
  return {words()("item.tab_basic"),
          codes > 1 ? words()("item.tab_codes_count", {{"count", std::to_string(codes)}}) : words()("item.tab_codes")};
}

void ItemPanel::show_tab(int tab) {
  if (tabs_->selected() != tab) tabs_->set(tab_labels(), tab);
  if (book_->GetSelection() != tab) book_->ChangeSelection(static_cast<std::size_t>(tab));
}

wxString ItemPanel::field_name(ItemField field) const {
  switch (field) {
    case ItemField::name:
      return words()("item.name");
    case ItemField::name_en:
      return words()("item.name_en");
    case ItemField::number:
      return words()("item.number");
    case ItemField::spec:
      return words()("item.spec");
    case ItemField::brand:
      return words()("item.brand");
    case ItemField::mnemonic:
      return words()("item.mnemonic");
    case ItemField::category:
      return words()("item.category");
    case ItemField::tax:
      return words()("item.tax");
    case ItemField::weighed:
      return words()("item.weighed");
    case ItemField::codes:
      return words()("item.tab_codes");
    case ItemField::cost:
      return words()("item.cost");
    case ItemField::tare:
      return words()("item.tare");
    case ItemField::minimum_age:
      return words()("item.minimum_age");
    case ItemField::active:
      return words()("item.active");
    case ItemField::sale_blocked:
      return words()("item.sale_blocked");
    case ItemField::discount_blocked:
      return words()("item.discount_blocked");
    case ItemField::return_blocked:
      return words()("item.return_blocked");
    case ItemField::open_price:
      return words()("item.open_price");
    case ItemField::deposit:
      return words()("item.deposit");
    case ItemField::sale_hours:
      return words()("item.sale_hours");
    default:
      return words()("item.price");
  }
}

wxString ItemPanel::conflict_words() const {
  const auto& conflict = *editor().conflict();
  const std::string who = conflict.theirs.updated_by;
  if (conflict.contested.empty()) return words()("item.conflict", {{"who", who}});
  wxString fields;
  for (const ItemField field : conflict.contested) {
    if (!fields.empty()) fields += words()("list_comma");
    fields += field_name(field);
  }
  return words()("item.conflict_fields", {{"who", who}, {"fields", to_utf8(fields)}});
}

void ItemPanel::update_head() {
  const auto& row = editor().base();
  if (editor().is_new()) {
    title_->set(words()("item.new_title"));
    subtitle_->set(words()("item.new_note"));
    return;
  }
  title_->set(words().name_of(row.item));
  if (row.updated_at) {
    subtitle_->set(words()("item.subtitle", {{"number", row.item.number},
                                             {"time", to_utf8(words().moment(*row.updated_at, office().clock().now()))},
                                             {"who", row.updated_by}}));
  } else {
    subtitle_->set(words()("item.subtitle_short", {{"number", row.item.number}}));
  }
}

void ItemPanel::update_messages() {
  wxString text;
  NoteBox::Kind kind = NoteBox::Kind::stop;
  if (editor().conflict()) {
    kind = NoteBox::Kind::warning;
    text = conflict_words();
  } else if (editor().error()) {
    text = words()("item.not_saved") + "\n" + words().error(*editor().error());
  } else if (!office().allows(access::Permission::items_edit)) {
    kind = NoteBox::Kind::info;
    text = words()("item.read_only");
  } else if (asked_to_finish_ && editor().dirty()) {
    kind = NoteBox::Kind::warning;
    text = words()("item.finish_first");
  }
  if (!editor().dirty()) asked_to_finish_ = false;
  if (!text.empty()) message_->set(kind, text);
  bool changed = set_shown(message_, !text.empty());
  changed = set_shown(conflict_buttons_, editor().conflict().has_value()) || changed;
  if (changed) surface_->Layout();
}

void ItemPanel::update_foot() {
  const bool may_edit = office().allows(access::Permission::items_edit);
  const auto saving = editor().saving();
  auto save = save_->content();
  const bool planned = editor().form().timing == PriceTiming::tomorrow &&
                       editor().form().price != form_of(editor().base().item, editor().now().instant).price;
  save.hotkey = saving == ItemEditor::Saving::no ? "Ctrl+S" : "";
  save.label = words()(saving == ItemEditor::Saving::sending    ? "item.saving"
                       : saving == ItemEditor::Saving::checking ? "item.checking"
                       : planned                                ? "item.save_planned"
                       : editor().just_saved()                  ? "item.saved"
                                                                : "item.save");
  save.icon = editor().just_saved() ? std::optional(Icon::check) : std::nullopt;
  if (editor().just_saved()) save.hotkey.clear();
  save_->set(save);
  save_->Enable(may_edit && saving == ItemEditor::Saving::no && !editor().conflict() &&
                (editor().dirty() || editor().is_new()));
  auto discard = discard_->content();
  discard.label = words()(editor().dirty() ? "item.discard" : "item.close");
  discard_->set(discard);
  foot_->Layout();
}

void ItemPanel::update() {
  if (!editor().is_open()) return;
  update_head();
  fields_->update();
  codes_->update();
  update_messages();
  update_foot();
  if (const auto labels = tab_labels(); labels != shown_labels_) {
    shown_labels_ = labels;
    tabs_->set(labels, tabs_->selected());
  }
  // What the server refuses may lie where nobody is looking.
  const bool saving = editor().saving() != ItemEditor::Saving::no;
  if (was_saving_ && !saving) go_to_problem();
  was_saving_ = saving;
}

}  // namespace lanekeeper::office

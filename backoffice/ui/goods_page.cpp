#include "office_ui/goods_page.h"

#include <wx/wrapsizer.h>

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using access::Permission;
using protocol::ItemCounts;
using protocol::ItemState;
using widgets::Button;
using widgets::Icon;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

GoodsPage::GoodsPage(wxWindow* parent, Shell& around) : Page(parent, around), cells_(office(), words()) {
  list_ = new wxPanel(this);
  list_->SetBackgroundColour(GetBackgroundColour());
  table_ = new widgets::TableView(list_, words()("goods.title"), cells_.columns(),
                                  {[this](std::size_t row, std::size_t column) { return cells_.cell(row, column); },
                                   [this](std::size_t row) { return cells_.look(row); }});
  table_->on_select([this](std::size_t row) {
    if (may_leave_item()) office().goods().select(row);
  });
  table_->on_activate([this](std::size_t) { panel_->focus_first(); });
  table_->on_end_in_view([this] { office().goods().need_more(); });
  foot_ = new widgets::Label(list_, wxString(), {14, Weight::regular, theme().ink_secondary});
  wxSizer* filters = build_filters();
  build_chips();
  auto column = column_of(list_, 0);
  auto chips = row_of(list_, 8);
  chips.add(chip_row_, 1).add(found_);
  column.add(filters).add_space(12).add(chips).add_space(4).add(table_, 1).add_space(12).add(foot_);
  list_->SetSizer(column.sizer());

  panel_ = new ItemPanel(this, shell());
  panel_->Hide();
  import_ = new ImportPage(this, shell());
  import_->Hide();
  auto all = row_of(this, 16);
  all.add(list_, 1).add(panel_).add(import_, 1);
  SetSizer(all.padded(20, 16));
  watch(office());
  watch(office().goods());
  watch(office().goods().editor());
  watch(office().store());
  watch(office().import());
  update();
}

wxSizer* GoodsPage::build_filters() {
  widgets::TextField::Options options;
  options.leading_icon = Icon::search;
  options.key_cap = "/";
  options.name = words()("goods.search_hint");
  search_ = new widgets::TextField(list_, options);
  search_->set_value(to_wx(office().goods().filter().query));
  search_->control().Bind(wxEVT_TEXT,
                          [this](wxCommandEvent&) { office().goods().set_query(to_utf8(search_->value())); });
  category_ = new widgets::SelectField(list_, wxString(), {}, 0);
  category_->set_ground(GetBackgroundColour());
  category_->on_select(
      [this](int index) { office().goods().set_category(category_ids_[static_cast<std::size_t>(index)]); });
  auto row = row_of(list_, 12);
  row.add(search_, 1).add(category_);
  return row.sizer();
}

void GoodsPage::build_chips() {
  chip_row_ = new wxPanel(list_);
  chip_row_->SetBackgroundColour(GetBackgroundColour());
  chips_ = {{std::nullopt, "chip.all", &ItemCounts::all, nullptr},
            {ItemState::selling, "chip.selling", &ItemCounts::selling, nullptr},
            {ItemState::out_of_stock, "chip.out_of_stock", &ItemCounts::out_of_stock, nullptr},
            {ItemState::below_cost, "chip.below_cost", &ItemCounts::below_cost, nullptr},
            {ItemState::unpriced, "chip.unpriced", &ItemCounts::unpriced, nullptr},
            {ItemState::inactive, "chip.inactive", &ItemCounts::inactive, nullptr}};
  found_ = new widgets::Label(list_, wxString(), {14, Weight::regular, theme().ink_quiet}, widgets::Align::right);
  auto* row = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  for (auto& entry : chips_) {
    entry.chip = new widgets::Chip(chip_row_, {wxString()});
    entry.chip->Bind(wxEVT_BUTTON, [this, state = entry.state](wxCommandEvent&) { office().goods().set_state(state); });
    row->Add(entry.chip, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, px(8)));
  }
  chip_row_->SetSizer(row);
}

wxString GoodsPage::title() const {
  return words()(importing_ ? "import.title" : "goods.title");
}

wxString GoodsPage::subtitle() const {
  return importing_ ? words()("import.path") : wxString();
}

std::vector<Page::Action> GoodsPage::actions() {
  std::vector<Action> result;
  if (importing_) {
    Button::Content back;
    back.label = words()("import.back");
    back.icon = Icon::back;
    result.push_back({back, [this] { show_import(false); }});
    return result;
  }
  if (office().allows(Permission::items_import)) {
    Button::Content content;
    const auto& status = office().import().status();
    content.label = office().import().busy() && status
                        ? words()("import.running_short",
                                  {{"percent", std::to_string(office().import().progress_per_mille() / 10)}})
                        : words()("import.open");
    content.icon = Icon::upload;
    result.push_back({content, [this] { show_import(true); }});
  }
  if (office().allows(Permission::items_edit)) {
    Button::Content content;
    content.label = words()("goods.add");
    content.hotkey = shell().narrow() ? "" : "Ctrl+N";
    content.icon = Icon::plus;
    content.look = Button::Look::primary;
    result.push_back({content, [this] { add(); }});
  }
  return result;
}

bool GoodsPage::may_leave_item() {
  auto& editor = office().goods().editor();
  if (!editor.dirty() && editor.saving() == ItemEditor::Saving::no) return true;
  panel_->ask_to_finish();
  return false;
}

void GoodsPage::add() {
  if (!office().allows(Permission::items_edit) || !may_leave_item()) return;
  show_import(false);
  office().goods().add();
  CallAfter([this] { panel_->focus_first(); });
}

void GoodsPage::show_import(bool shown) {
  if (importing_ == shown) return;
  importing_ = shown;
  arrange_panels();
  shell().heading_changed();
}

void GoodsPage::focus_search() {
  show_import(false);
  if (!list_->IsShown()) return;
  search_->control().SetFocus();
  search_->control().SelectAll();
}

void GoodsPage::focus_first() {
  if (importing_) return import_->focus_first();
  focus_search();
}

bool GoodsPage::take_key(const wxKeyEvent& event) {
  auto& editor = office().goods().editor();
  if (is_ctrl(event, 'N')) {
    add();
    return true;
  }
  if (importing_) {
    if (!is_plain(event, WXK_ESCAPE)) return false;
    show_import(false);
    return true;
  }
  const bool in_search = wxWindow::FindFocus() == &search_->control();
  if (in_search && is_plain(event, '/') && search_->value().empty()) return true;  // it is there already
  if (in_search && (is_plain(event, WXK_RETURN) || is_plain(event, WXK_NUMPAD_ENTER))) {
    office().goods().search_now();
    table_->SetFocus();
    return true;
  }
  if (in_search && is_plain(event, WXK_DOWN)) {
    table_->SetFocus();
    return true;
  }
  if (!editor.is_open()) return false;
  if (is_ctrl(event, 'S')) {
    panel_->save();
    return true;
  }
  if (is_plain(event, WXK_ESCAPE)) {
    panel_->discard();
    if (!editor.is_open()) table_->SetFocus();
    return true;
  }
  return enter_goes_on(event, panel_);
}

void GoodsPage::update_filters() {
  const auto& goods = office().goods();
  std::vector<wxString> names{words()("goods.all_categories")};
  category_ids_ = {0};
  for (const auto& category : office().store().profile().categories) {
    names.push_back(words()("goods.in_category", {{"category", to_utf8(words().name_of(category))}}));
    category_ids_.push_back(category.id);
  }
  const auto place = std::find(category_ids_.begin(), category_ids_.end(), goods.filter().category);
  category_->set_choices(names, place == category_ids_.end() ? 0 : static_cast<int>(place - category_ids_.begin()));
  category_->SetMinSize(category_->GetBestSize());
  const wxString query_text = to_wx(goods.filter().query);
  if (!search_->control().HasFocus() && search_->value() != query_text) search_->set_value(query_text);
  const auto& counts = goods.counts();
  for (const auto& entry : chips_) {
    const std::string count = counts ? std::to_string((*counts).*entry.count) : std::string();
    entry.chip->set({words()(entry.label, {{"count", count}}), goods.filter().state == entry.state});
    // A state that nothing is in needs no chip, unless it is the one that is asked for.
    const bool wanted = !entry.state || goods.filter().state == entry.state || (counts && (*counts).*entry.count > 0);
    set_shown(entry.chip, counts && wanted);
  }
  const std::string& query = goods.filter().query;
  wxString found;
  if (!query.empty() && !goods.rows().empty()) {
    const std::string name = to_utf8(words().name_of(goods.rows().front().item));
    const std::string part = found_in_name(name, query);
    if (!part.empty() && name.find(query) == std::string::npos) {
      found = words()("goods.pinyin_found", {{"query", query}, {"part", part}});
    }
  }
  found_->set(found);
  set_shown(found_, !found.empty());
  list_->Layout();
}

void GoodsPage::update_table() {
  const auto& goods = office().goods();
  if (goods.search_number() != shown_search_) {
    shown_search_ = goods.search_number();
    cells_.search_changed();
    table_->scroll_to_top();
  }
  const bool failed = goods.error() && goods.rows().empty();
  const bool filtered = goods.filter() != GoodsModel::Filter{};
  const std::string state = failed                 ? "load_failed"
                            : !goods.ever_loaded() ? "loading"
                            : filtered             ? "goods.none_found"
                                                   : "goods.none";
  table_->set_empty(words()(state), failed                ? words().error(*goods.error())
                                    : goods.ever_loaded() ? words()(state + "_note")
                                                          : wxString());
  table_->set_rows(goods.rows().size(), goods.selected_row());
  wxString foot;
  if (goods.error()) {
    foot = words().error(*goods.error());
  } else if (goods.ever_loaded()) {
    foot = words()(static_cast<std::int64_t>(goods.rows().size()) < goods.total() ? "goods.count_part" : "goods.count",
                   {{"total", std::to_string(goods.total())}, {"shown", std::to_string(goods.rows().size())}});
  }
  foot_->set(foot);
}

void GoodsPage::arrange_panels() {
  const int width = GetClientSize().x;
  const bool open = office().goods().editor().is_open() && !importing_;
  const bool covered = open && width < px(960);
  panel_->SetMinSize(wxSize(px(covered ? 420 : width >= px(1500) ? 480 : width >= px(1200) ? 384 : 340), -1));
  auto* item = GetSizer()->GetItem(panel_, true);
  if (item) item->SetProportion(covered ? 1 : 0);
  bool changed = set_shown(panel_, open);
  changed = set_shown(list_, !importing_ && !covered) || changed;
  changed = set_shown(import_, importing_) || changed;
  if (changed) Layout();
  place_hint();
}

// Beside the typing where there is room for both, else in the empty field.
void GoodsPage::place_hint() {
  const wxString hint = words()("goods.search_hint");
  const bool beside = search_->GetClientSize().x >= px(520);
  search_->set_suffix(beside ? hint : wxString());
  search_->set_hint(beside ? wxString() : hint);
}

void GoodsPage::update() {
  update_filters();
  update_table();
  arrange_panels();
  shell().heading_changed();
}

}  // namespace lanekeeper::office

#include "till_ui/quick_key_panel.h"

#include <algorithm>
#include <cmath>

#include <wx/arrstr.h>

#include "till_ui/wording.h"
#include "widgets/text.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::to_wx;
using widgets::TouchKey;

namespace {

constexpr int most_items = 200;
constexpr std::size_t longest_plu = 7;
constexpr double key_gap = 6;
constexpr double wanted_key_height = 78;
constexpr catalogue::CategoryId departments = -1;  // a tab of its own: goods whose price is typed, from all categories

KeyPad::Layout sale_pad() {
  KeyPad::Layout layout;
  layout.grid = KeyPad::digits_and_point();
  KeyPad::Spec back{.text_key = "till.key.backspace", .action = Action::backspace, .label_px = 17};
  KeyPad::Spec times{.text_key = "till.key.times", .action = Action::quantity, .cap = "*", .label_px = 17};
  KeyPad::Spec enter{
      .text_key = "till.key.enter", .action = Action::confirm, .look = TouchKey::Look::confirm, .label_px = 20};
  layout.side = {{back, 1}, {times, 1}, {enter, 2}};
  layout.side_width = 110;
  return layout;
}

}  // namespace

QuickKeyPanel::QuickKeyPanel(wxWindow* parent, Desk& desk) : ScenePanel(parent), desk_(desk) {
  pad_ =
      new KeyPad(this, sale_pad(),
                 {[this](std::string_view text) { desk_.type(text); }, [this](Action action) { desk_.act(action); }});
}

std::size_t QuickKeyPanel::tab_slots() const {
  return metrics().wide ? 6 : 4;
}

// When there are more categories than slots, the last slot goes on to the next ones.
std::size_t QuickKeyPanel::visible_tabs(std::size_t categories) const {
  return categories > tab_slots() ? tab_slots() - 1 : std::max<std::size_t>(1, categories);
}

std::vector<catalogue::Category> QuickKeyPanel::categories() const {
  std::vector<catalogue::Category> all;
  if (const auto& profile = desk_.lane().profile()) {
    for (const auto& category : profile->categories) {
      if (category.quick_key_order > 0) all.push_back(category);
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.quick_key_order < b.quick_key_order; });
  if (has_departments_) {
    catalogue::Category tab;
    tab.id = departments;
    all.push_back(std::move(tab));
  }
  return all;
}

const std::vector<catalogue::ItemSummary>& QuickKeyPanel::items_of(catalogue::CategoryId category) {
  const auto version = desk_.lane().catalogue_version();
  if (version != cached_version_) {
    cache_.clear();
    cached_version_ = version;
    has_departments_ = !cache_.emplace(departments, desk_.lane().department_keys(most_items)).first->second.empty();
  }
  const auto found = cache_.find(category);
  if (found != cache_.end()) return found->second;
  return cache_.emplace(category, desk_.lane().quick_keys(category, most_items)).first->second;
}

int QuickKeyPanel::rows() const {
  return std::max(1, static_cast<int>((grid_height_ + key_gap) / (wanted_key_height + key_gap)));
}

QuickKeyPanel::Page QuickKeyPanel::page_of(const std::vector<catalogue::ItemSummary>& all) const {
  Page page;
  const int slots = std::min(metrics().quick_key_columns * rows(), static_cast<int>(most_quick_keys) + 1);
  const int total = static_cast<int>(all.size());
  page.turns = total > std::min(slots, static_cast<int>(most_quick_keys));
  const int per_page = page.turns ? std::max(1, slots - 1) : slots;
  page.count = std::max(1, (total + per_page - 1) / per_page);
  const int first = std::min(desk_.quick_key_page(), page.count - 1) * per_page;
  for (int i = first; i < std::min(total, first + per_page); ++i) {
    page.items.push_back(all[static_cast<std::size_t>(i)]);
  }
  return page;
}

void QuickKeyPanel::update(const Scene& scene) {
  (void)items_of(departments);
  const auto all = categories();
  const Entry entry = desk_.entry();
  const bool typing = entry != Entry::goods && entry != Entry::none && entry != Entry::quick_key;
  const bool pad = desk_.side() == SidePanel::number_pad || typing || all.empty();
  const std::size_t chosen = all.empty() ? 0 : std::min(desk_.quick_key_tab(), all.size() - 1);
  const std::size_t visible = visible_tabs(all.size());
  if (chosen < first_tab_ || chosen >= first_tab_ + visible) first_tab_ = chosen / visible * visible;
  update_tabs(scene, all, chosen, pad);
  if (pad_->IsShown() != pad) pad_->Show(pad);
  pad_->show(scene);
  Page page;
  rows_filled_ = rows();
  if (!pad) page = page_of(items_of(all[chosen].id));
  update_keys(scene, page);
  Desk::QuickKeys shown{{}, page.count, all.size()};
  for (const auto& item : page.items) shown.items.push_back(item.id);
  desk_.set_quick_keys(std::move(shown));
}

void QuickKeyPanel::update_tabs(const Scene& scene, const std::vector<catalogue::Category>& all, std::size_t chosen,
                                bool pad) {
  const std::size_t slots = std::min(tab_slots(), all.size());
  const std::size_t wanted = slots + 1;
  while (tabs_.size() < wanted) {
    const std::size_t index = tabs_.size();
    tabs_.push_back(new TouchKey(this));
    tabs_.back()->Bind(wxEVT_BUTTON, [this, index](wxCommandEvent&) { press_tab(index); });
  }
  const bool more = all.size() > tab_slots();
  for (std::size_t i = 0; i < tabs_.size(); ++i) {
    const bool of_category = first_tab_ + i < all.size() || (more && i + 1 == slots);
    tabs_[i]->Show(i < wanted && (i == slots || of_category));
    TouchKey::Content content;
    content.look = TouchKey::Look::tab;
    content.arrangement = TouchKey::Arrangement::in_row;
    content.label_px = metrics().narrow ? 15 : 17;
    if (i == slots) {
      content.label = scene.text("till.tab.digits");
      content.icon = widgets::Icon::number_pad;
      content.selected = pad;
    } else if (first_tab_ + i < all.size()) {
      const auto& category = all[first_tab_ + i];
      content.label = category.id == departments
                          ? scene.text("till.tab.departments")
                          : to_wx(scene.english() && !category.name_en.empty() ? category.name_en : category.name);
      content.selected = !pad && first_tab_ + i == chosen;
    }
    if (more && i + 1 == slots) {
      content.label = scene.text("till.tab.more");
      content.selected = false;
      content.icon = widgets::Icon::chevron_right;
    }
    tabs_[i]->set(content);
  }
  lay_out_again();
}

void QuickKeyPanel::update_keys(const Scene& scene, const Page& page) {
  shown_.clear();
  const bool by_keyboard = scene.desk.entry() == Entry::quick_key;
  for (const auto& item : page.items) {
    TouchKey::Content content;
    content.arrangement = TouchKey::Arrangement::bottom;
    content.label = to_wx(scene.english() && !item.name_en.empty() ? item.name_en : item.name);
    content.cap = to_wx(by_keyboard ? quick_key_cap(shown_.size()) : item.code.size() <= longest_plu ? item.code : "");
    content.label_px = metrics().narrow ? 15 : scene.english() ? 16 : 19;
    const bool typed = item.open_price;
    content.note = typed ? scene.text("till.quick.open_price") : price_text(item.price);
    if (!typed && item.price && item.unit == catalogue::UnitOfMeasure::kilogram) content.note += "/kg";
    key_at(shown_.size())->set(content);
    shown_.push_back(item.id);
  }
  if (page.turns) {
    TouchKey::Content content;
    content.label = scene.text("till.tab.next_page");
    content.cap = by_keyboard ? "PgDn" : "Ctrl+Q";
    content.label_px = 16;
    key_at(shown_.size())->set(content);
    shown_.push_back(0);
  }
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (keys_[i]->IsShown() != (i < shown_.size())) keys_[i]->Show(i < shown_.size());
  }
  lay_out_again();
}

TouchKey* QuickKeyPanel::key_at(std::size_t index) {
  while (keys_.size() <= index) {
    const std::size_t made = keys_.size();
    keys_.push_back(new TouchKey(this));
    keys_.back()->Bind(wxEVT_BUTTON, [this, made](wxCommandEvent&) { press_key(made); });
  }
  return keys_[index];
}

void QuickKeyPanel::press_tab(std::size_t index) {
  const auto all = categories();
  const std::size_t slots = std::min(tab_slots(), all.size());
  if (index == slots) return desk_.choose_side(SidePanel::number_pad);
  const std::size_t visible = visible_tabs(all.size());
  if (index == visible) {
    const std::size_t next = first_tab_ + visible;
    return desk_.choose_tab(next < all.size() ? next : 0);
  }
  desk_.choose_tab(first_tab_ + index);
}

void QuickKeyPanel::press_key(std::size_t index) {
  if (index >= shown_.size()) return;
  if (shown_[index] == 0) return desk_.turn_quick_key_page();
  desk_.add_item(shown_[index]);
}

// Each tab gets what its longest word needs, and what is left over is shared.
void QuickKeyPanel::lay_out_tabs(Area strip) {
  std::vector<std::pair<TouchKey*, double>> shown;
  double needed = 0;
  for (TouchKey* tab : tabs_) {
    if (!tab->IsShown()) continue;
    const auto& content = tab->content();
    double width = content.icon ? 30 : 0;
    double word_width = 0;
    for (const wxString& word : wxSplit(content.label, ' ')) {
      word_width = std::max(word_width, widgets::measure_text(word, content.label_px, widgets::Weight::bold));
    }
    width += word_width + 14;
    shown.emplace_back(tab, width);
    needed += width;
  }
  if (shown.empty()) return;
  const auto count = static_cast<double>(shown.size());
  const double room = strip.w - key_gap * (count - 1);
  for (const auto& [tab, width] : shown) {
    const double wanted = needed > room ? width * room / needed : width + (room - needed) / count;
    put(*tab, strip.take_left(wanted, key_gap));
  }
}

void QuickKeyPanel::lay_out(Area area, const Metrics& m) {
  Area strip = area.take_top(widgets::theme().tab_height, widgets::theme().gap);
  grid_height_ = area.h;
  lay_out_tabs(strip);
  put(*pad_, area);
  pad_->set_side_width(m.narrow ? 92 : 110);
  const int columns = m.quick_key_columns;
  const int row_count = rows();
  const double width = (area.w - key_gap * (columns - 1)) / columns;
  const double height = (area.h - key_gap * (row_count - 1)) / row_count;
  for (std::size_t i = 0; i < keys_.size(); ++i) put(*keys_[i], cell(area, i, columns, width, height, key_gap));
  if (row_count != rows_filled_) desk_.room_changed();
}

}  // namespace lanekeeper::till::ui

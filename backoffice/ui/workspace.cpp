#include "office_ui/workspace.h"

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using access::Permission;
using widgets::Icon;
using widgets::Sidebar;
using widgets::to_utf8;

Workspace::Workspace(wxWindow* parent, Shell& around, PageId page) : Watcher(parent, around), page_(page) {
  sidebar_ = new Sidebar(this);
  band_ = new widgets::StateBand(this);
  band_->Hide();
  approvals_ = new ApprovalStrip(this, shell());
  approvals_->Hide();
  top_ = new TopBar(this, shell());
  book_ = new wxSimplebook(this);
  book_->SetBackgroundColour(widgets::theme().background);
  add_pages();
  auto* right = new wxBoxSizer(wxVERTICAL);
  right->Add(band_, wxSizerFlags().Expand());
  right->Add(approvals_, wxSizerFlags().Expand());
  right->Add(top_, wxSizerFlags().Expand());
  right->Add(book_, wxSizerFlags(1).Expand());
  auto* all = new wxBoxSizer(wxHORIZONTAL);
  all->Add(sidebar_, wxSizerFlags().Expand());
  all->Add(right, wxSizerFlags(1).Expand());
  SetSizer(all);
  sidebar_->on_select([this](int index) { open(entries_[static_cast<std::size_t>(index)].id); });
  watch(office());
  watch(office().devices());
  watch(office().sales());
  watch(office().approvals());
  open(page_);
  update();
}

void Workspace::add_pages() {
  const auto add = [this](PageId id, Icon icon, std::string_view label, Page* made) {
    entries_.push_back({id, icon, label, made});
    book_->AddPage(made, wxString());
  };
  add(PageId::home, Icon::home, "home.title", new HomePage(book_, shell()));
  if (office().allows(Permission::items_read)) {
    goods_ = new GoodsPage(book_, shell());
    add(PageId::goods, Icon::goods, "goods.title", goods_);
  }
  if (office().allows(Permission::promotions_read)) {
    promotions_ = new PromotionsPage(book_, shell());
    add(PageId::promotions, Icon::tag, "promo.title", promotions_);
  }
  if (office().allows(Permission::sales_read)) {
    add(PageId::sales, Icon::ticket, "sales.title", new SalesPage(book_, shell()));
  }
  if (office().allows(Permission::devices_read)) {
    devices_ = new DevicesPage(book_, shell());
    add(PageId::devices, Icon::gear, "devices.title", devices_);
  }
  if (office().allows(Permission::sales_read)) {
    shifts_ = new ShiftsPage(book_, shell());
    add(PageId::shifts, Icon::clock, "shifts.title", shifts_);
  }
  if (office().allows(Permission::store_settings)) {
    receipts_ = new ReceiptsPage(book_, shell());
    add(PageId::receipts, Icon::printer, "receipts.title", receipts_);
    till_rules_ = new TillRulesPage(book_, shell());
    add(PageId::till_rules, Icon::clipboard, "rules.title", till_rules_);
  }
}

Page& Workspace::current() const {
  return *entries_[static_cast<std::size_t>(book_->GetSelection())].page;
}

void Workspace::open(PageId page) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].id != page) continue;
    if (page_ == PageId::sales && page != PageId::sales) office().sales().looked();
    page_ = page;
    if (book_->GetSelection() != static_cast<int>(i)) book_->ChangeSelection(i);
    top_->show_page(*entries_[i].page);
    entries_[i].page->arrange();
    entries_[i].page->focus_first();
    update_sidebar();
    return;
  }
}

void Workspace::heading_changed() {
  if (book_->GetSelection() != wxNOT_FOUND) top_->show_page(current());
}

bool Workspace::take_key(const wxKeyEvent& event) {
  if (current().take_key(event)) return true;
  if (is_plain(event, WXK_F5)) {
    office().reconnect_now();
    return true;
  }
  if (is_plain(event, '/') && !typing_somewhere()) {
    current().focus_search();
    return true;
  }
  if (is_ctrl(event, 'N') && goods_ != nullptr) {
    open(PageId::goods);
    goods_->add();
    return true;
  }
  const int place = event.GetKeyCode() - '1';
  if (event.GetModifiers() == wxMOD_ALT && place >= 0 && place < static_cast<int>(entries_.size())) {
    open(entries_[static_cast<std::size_t>(place)].id);
    return true;
  }
  return false;
}

wxString Workspace::badge(PageId page) const {
  std::size_t count = 0;
  if (page == PageId::devices) count = office().devices().waiting().size();
  if (page == PageId::sales && page_ != PageId::sales) count = office().sales().fresh_count();
  if (count == 0) return {};
  return count > 99 ? wxString("99+") : wxString::Format("%zu", count);
}

void Workspace::update_sidebar() {
  Sidebar::Content content;
  content.brand = "Lanekeeper";
  content.narrow = shell().narrow();
  for (const Entry& entry : entries_) {
    if (entry.id == page_) content.selected = static_cast<int>(content.entries.size());
    content.entries.push_back({entry.icon, words()(entry.label), badge(entry.id)});
  }
  const bool reachable = office().reachable();
  content.footer.push_back(
      {reachable ? Icon::link : Icon::unlink, words()(reachable ? "foot.server" : "foot.no_server"), !reachable});
  const auto& devices = office().devices();
  if (devices.ever_loaded()) {
    content.footer.push_back({Icon::lane,
                              words()("foot.tills", {{"count", std::to_string(devices.till_count())},
                                                     {"working", std::to_string(devices.tills_working())}}),
                              false});
  }
  const bool resized = sidebar_->content().narrow != content.narrow;
  sidebar_->set(std::move(content));
  if (resized) Layout();
}

void Workspace::update_band() {
  const bool away = !office().reachable() && office().trouble();
  if (away) {
    widgets::StateBand::Content content;
    content.kind = widgets::StateBand::Kind::offline;
    content.icon = Icon::unlink;
    const auto since = office().unreachable_since();
    const ZonedTime now = office().clock().now();
    const ZonedTime then{since.value_or(now.instant), now.utc_offset_min};
    content.title = words()("band.offline", {{"time", to_utf8(words().time(then))}});
    content.note = words()("band.offline_note");
    band_->set(content);
  }
  if (band_->IsShown() == away) return;
  band_->Show(away);
  Layout();
}

void Workspace::update_approvals() {
  if (set_shown(approvals_, approvals_->wanted())) Layout();
}

void Workspace::arrange() {
  update_sidebar();
  for (const Entry& entry : entries_) entry.page->arrange();
  heading_changed();
}

void Workspace::update() {
  update_sidebar();
  update_band();
  update_approvals();
}

}  // namespace lanekeeper::office

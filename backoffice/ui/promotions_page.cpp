#include "office_ui/promotions_page.h"

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;

PromotionsPage::PromotionsPage(wxWindow* parent, Shell& around)
    : Page(parent, around), promotions_(words(), desk(), office().store(), office().clock()) {
  book_ = new wxSimplebook(this);
  book_->SetBackgroundColour(GetBackgroundColour());
  list_ = new PromotionList(book_, shell(), promotions_);
  versions_ = new PromotionVersions(book_, shell());
  book_->AddPage(list_, wxString());
  book_->AddPage(versions_, wxString());
  list_->on_open([this](const std::string& id) { open(id); });
  auto all = column_of(this, 0);
  all.add(book_, 1);
  SetSizer(all.padded(20, 16));
  watch(desk().model);
}

wxString PromotionsPage::title() const {
  return words()(view_ == View::versions ? "promo.versions" : "promo.title");
}

wxString PromotionsPage::subtitle() const {
  return view_ == View::versions ? words()("promo.title") : wxString();
}

std::vector<Page::Action> PromotionsPage::actions() {
  std::vector<Action> result;
  if (view_ != View::list) {
    Button::Content back;
    back.label = words()("promo.back");
    back.icon = Icon::back;
    result.push_back({back, [this] { show(View::list); }});
    return result;
  }
  Button::Content versions;
  versions.label = words()("promo.versions");
  versions.icon = Icon::clock;
  result.push_back({versions, [this] { show(View::versions); }});
  return result;
}

void PromotionsPage::open(const std::string&) {}

void PromotionsPage::show(View view) {
  if (view_ == view) return;
  view_ = view;
  desk().model.forget_outcome();
  book_->ChangeSelection(static_cast<std::size_t>(view));
  shell().heading_changed();
  CallAfter([this] { focus_first(); });
}

void PromotionsPage::focus_search() {
  show(View::list);
  list_->focus_search();
}

void PromotionsPage::focus_first() {
  if (view_ == View::versions) return versions_->focus_first();
  list_->focus_search();
}

bool PromotionsPage::take_key(const wxKeyEvent& event) {
  if (view_ == View::list) return list_->take_key(event);
  if (!is_plain(event, WXK_ESCAPE)) return false;
  if (!versions_->step_back()) show(View::list);
  return true;
}

void PromotionsPage::update() {
  shell().heading_changed();
}

}  // namespace lanekeeper::office

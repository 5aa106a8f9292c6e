#include "office_ui/promotions_page.h"

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using access::Permission;
using widgets::Button;
using widgets::Icon;

PromotionsPage::PromotionsPage(wxWindow* parent, Shell& around)
    : Page(parent, around), promotions_(words(), desk(), office().store(), office().clock()) {
  book_ = new wxSimplebook(this);
  book_->SetBackgroundColour(GetBackgroundColour());
  list_ = new PromotionList(book_, shell(), promotions_);
  editor_ = new PromotionEditorView(book_, shell(), promotions_);
  versions_ = new PromotionVersions(book_, shell());
  publish_ = new PromotionPublish(book_, shell(), promotions_);
  for (wxWindow* view : {static_cast<wxWindow*>(list_), static_cast<wxWindow*>(editor_),
                         static_cast<wxWindow*>(versions_), static_cast<wxWindow*>(publish_)}) {
    book_->AddPage(view, wxString());
  }
  list_->on_open([this](const std::string& id) { open(id); });
  auto all = column_of(this, 0);
  all.add(book_, 1);
  SetSizer(all.padded(20, 14));
  watch(office());
  watch(desk().model);
  watch(desk().editor);
  // The window was made anew, in another language or for the same person: the draft goes on where it was.
  if (desk().editor.is_open()) {
    CallAfter([this] { show(View::editor); });
  }
}

wxString PromotionsPage::title() const {
  switch (view_) {
    case View::editor:
      return desk().editor.is_open() && desk().editor.definition().promotion
                 ? promotions_.name(desk().editor.definition())
                 : words()("promo.new");
    case View::versions:
      return words()("promo.versions");
    case View::publish:
      return words()("promo.publish.title");
    case View::list:
      break;
  }
  return words()("promo.title");
}

wxString PromotionsPage::subtitle() const {
  if (view_ == View::editor) {
    const bool draft = desk().editor.dirty() || desk().editor.is_new();
    return words()(draft ? "promo.path_draft" : "promo.path");
  }
  if (view_ == View::publish) return words()("promo.publish.path");
  return view_ == View::versions ? words()("promo.title") : wxString();
}

void PromotionsPage::add_list_actions(std::vector<Action>& result) {
  Button::Content versions;
  versions.label = words()("promo.versions");
  versions.icon = Icon::clock;
  result.push_back({versions, [this] { show(View::versions); }});
  if (!office().allows(Permission::promotions_edit)) return;
  const auto changes = desk().model.changes().size();
  Button::Content add_content;
  add_content.label = words()("promo.new");
  add_content.hotkey = shell().narrow() ? "" : "Ctrl+N";
  add_content.icon = Icon::plus;
  add_content.look = changes == 0 ? Button::Look::primary : Button::Look::plain;
  result.push_back({add_content, [this] { add(); }});
  if (changes == 0) return;
  Button::Content publish;
  publish.label = words()("promo.publish_count", {{"count", std::to_string(changes)}});
  publish.look = Button::Look::primary;
  result.push_back({publish, [this] { to_publish(); }});
}

bool PromotionsPage::is_removed() const {
  return !desk().editor.is_new() && find_definition(desk().model.draft(), desk().editor.id()) == nullptr;
}

void PromotionsPage::add_editor_actions(std::vector<Action>& result) {
  Button::Content back;
  back.label = words()("promo.back_short");
  back.icon = Icon::back;
  result.push_back({back, [this] {
                      if (may_leave()) show(View::list);
                    }});
  if (!office().allows(Permission::promotions_edit) || !desk().editor.is_open()) return;
  if (!desk().editor.is_new()) {
    Button::Content remove;
    remove.label = words()(is_removed() ? "promo.take_back" : "promo.remove");
    result.push_back({remove, [this] { remove_or_take_back(); }});
  }
  if (desk().editor.is_opaque()) return;
  Button::Content keep;
  keep.label = words()("promo.keep");
  keep.hotkey = shell().narrow() ? "" : "Ctrl+S";
  result.push_back({keep, [this] { (void)desk().editor.keep(); }});
  Button::Content publish;
  publish.label = words()("promo.publish");
  publish.look = Button::Look::primary;
  result.push_back({publish, [this] { to_publish(); }});
}

std::vector<Page::Action> PromotionsPage::actions() {
  std::vector<Action> result;
  if (view_ == View::list) add_list_actions(result);
  if (view_ == View::editor) add_editor_actions(result);
  if (view_ == View::versions || view_ == View::publish) {
    Button::Content back;
    back.label = words()("promo.back");
    back.icon = Icon::back;
    result.push_back({back, [this] { show(View::list); }});
  }
  return result;
}

void PromotionsPage::open(const std::string& id) {
  desk().editor.open(id);
  if (desk().editor.is_open()) show(View::editor);
}

void PromotionsPage::add() {
  if (!office().allows(Permission::promotions_edit) || !may_leave()) return;
  desk().editor.open_new();
  show(View::editor);
}

bool PromotionsPage::may_leave() {
  if (!desk().editor.dirty()) return true;
  show(View::editor);
  editor_->ask_to_finish();
  return false;
}

void PromotionsPage::remove_or_take_back() {
  const std::string id = desk().editor.id();
  if (is_removed()) {
    desk().model.take_back(id);
    desk().editor.open(id);
    return;
  }
  desk().editor.close();
  desk().model.remove(id);
  show(View::list);
}

void PromotionsPage::to_publish() {
  if (desk().editor.dirty() && !desk().editor.keep()) return show(View::editor);
  show(View::publish);
}

void PromotionsPage::show(View view) {
  if (view_ == view) return;
  if (view != View::editor && view_ == View::editor) desk().editor.close();
  view_ = view;
  desk().model.forget_outcome();
  book_->ChangeSelection(static_cast<std::size_t>(view));
  if (view == View::editor) editor_->scroll_to_top();
  if (view == View::publish) publish_->start();
  shell().heading_changed();
  CallAfter([this] { focus_first(); });
}

void PromotionsPage::focus_search() {
  if (view_ == View::list) list_->focus_search();
}

void PromotionsPage::focus_first() {
  switch (view_) {
    case View::list:
      return list_->focus_search();
    case View::versions:
      return versions_->focus_first();
    case View::publish:
      return publish_->note().control().SetFocus();
    case View::editor:
      return editor_->focus_first();
  }
}

bool PromotionsPage::escape() {
  if (view_ == View::editor && desk().editor.dirty()) {
    desk().editor.discard();
    return true;
  }
  if (view_ == View::editor) desk().editor.close();
  if (view_ == View::versions && versions_->step_back()) return true;
  show(View::list);
  return true;
}

bool PromotionsPage::take_key(const wxKeyEvent& event) {
  if (is_ctrl(event, 'N')) {
    add();
    return true;
  }
  if (view_ == View::list) return list_->take_key(event);
  if (view_ == View::editor && editor_->take_key(event)) return true;
  if (view_ == View::editor && is_ctrl(event, 'S')) {
    (void)desk().editor.keep();
    return true;
  }
  if (!is_plain(event, WXK_ESCAPE)) return false;
  return escape();
}

void PromotionsPage::update() {
  // Somebody else signed in.
  if (view_ == View::editor && !desk().editor.is_open()) show(View::list);
  shell().heading_changed();
}

}  // namespace lanekeeper::office

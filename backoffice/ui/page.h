// What the pages of the back office have in common.
#pragma once

#include <functional>
#include <vector>

#include <wx/panel.h>

#include "model/office.h"
#include "office_ui/words.h"
#include "widgets/button.h"

namespace lanekeeper::office {

enum class PageId { home, goods, promotions, sales, devices, shifts, receipts, till_rules };

// The window around the pages, as they see it.
class Shell {
 public:
  virtual ~Shell() = default;
  [[nodiscard]] virtual Office& office() = 0;
  [[nodiscard]] virtual const Words& words() const = 0;
  [[nodiscard]] virtual bool narrow() const = 0;  // 1024 px and the like: panels cover tables
  virtual void open_page(PageId page) = 0;
  virtual void heading_changed() = 0;  // title, subtitle or actions of the page that is shown
  virtual void use_language(i18n::Language language) = 0;
};

// Looks at models and repaints when they change, once for many changes.
class Watcher : public wxPanel {
 public:
  Watcher(wxWindow* parent, Shell& shell);

 protected:
  virtual void update() = 0;
  void update_soon();
  // Updates soon after each change of the model.
  template <class Model>
  void watch(Model& model) {
    subscriptions_.push_back(model.on_change([this] { update_soon(); }));
  }
  [[nodiscard]] Shell& shell() const { return shell_; }
  [[nodiscard]] Office& office() const { return shell_.office(); }
  [[nodiscard]] const Words& words() const { return shell_.words(); }
  [[nodiscard]] int px(double design) const { return widgets::px(this, design); }

 private:
  Shell& shell_;
  std::vector<Signal::Subscription> subscriptions_;
  bool update_pending_ = false;
};

class Page : public Watcher {
 public:
  using Watcher::Watcher;

  struct Action {
    widgets::Button::Content content;
    std::function<void()> run;
  };
  [[nodiscard]] virtual wxString title() const = 0;
  [[nodiscard]] virtual wxString subtitle() const { return {}; }
  [[nodiscard]] virtual std::vector<Action> actions() { return {}; }
  // Keys with a meaning on the whole page; true: taken.
  virtual bool take_key(const wxKeyEvent&) { return false; }
  virtual void focus_search() {}
  virtual void focus_first() { SetFocusIgnoringChildren(); }  // where work begins
  // It came into view, or the width changed from wide to narrow.
  virtual void arrange() { update_soon(); }
};

}  // namespace lanekeeper::office

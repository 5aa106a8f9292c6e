// The bar above a page: its title and actions, the store, and who is signed in.
#pragma once

#include <vector>

#include "office_ui/page.h"
#include "widgets/icon_label.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class TopBar : public Watcher {
 public:
  TopBar(wxWindow* parent, Shell& shell);
  void show_page(Page& page);

 protected:
  void update() override;

 private:
  void show_user_menu();

  Page* page_ = nullptr;
  widgets::Label* title_;
  widgets::Label* subtitle_;
  wxBoxSizer* actions_;
  std::vector<widgets::Button*> buttons_;
  std::vector<Page::Action> shown_;
  widgets::IconLabel* store_;
  widgets::Button* user_;
};

}  // namespace lanekeeper::office

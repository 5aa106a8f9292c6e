// Tabs of quick keys by category, and the number pad as the last tab.
#pragma once

#include <map>
#include <vector>

#include "till_ui/key_pad.h"

namespace lanekeeper::till::ui {

class QuickKeyPanel : public ScenePanel {
 public:
  QuickKeyPanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  struct Page {
    std::vector<catalogue::ItemSummary> items;
    int count = 1;  // of pages
    bool turns = false;
  };
  [[nodiscard]] std::size_t tab_slots() const;
  [[nodiscard]] std::size_t visible_tabs(std::size_t categories) const;
  [[nodiscard]] std::vector<catalogue::Category> categories() const;
  const std::vector<catalogue::ItemSummary>& items_of(catalogue::CategoryId category);
  [[nodiscard]] Page page_of(const std::vector<catalogue::ItemSummary>& all) const;
  void update_tabs(const Scene& scene, const std::vector<catalogue::Category>& all, std::size_t chosen, bool pad);
  void update_keys(const Scene& scene, const Page& page);
  void lay_out_tabs(widgets::Area strip);
  [[nodiscard]] int rows() const;
  widgets::TouchKey* key_at(std::size_t index);
  void press_tab(std::size_t index);
  void press_key(std::size_t index);

  Desk& desk_;
  std::vector<widgets::TouchKey*> tabs_;
  std::vector<widgets::TouchKey*> keys_;
  KeyPad* pad_;
  std::size_t first_tab_ = 0;
  std::vector<catalogue::ItemId> shown_;  // 0: turns the page
  std::map<catalogue::CategoryId, std::vector<catalogue::ItemSummary>> cache_;
  catalogue::Version cached_version_ = -1;
  bool has_departments_ = false;
  double grid_height_ = 300;
  int rows_filled_ = 0;  // what the page was made for
};

}  // namespace lanekeeper::till::ui

// A search for goods with what it finds below it: typed or scanned, Up/Down choose, Enter or a press takes one.
#pragma once

#include <functional>

#include <wx/panel.h>

#include "model/goods_directory.h"
#include "office_ui/flow_control.h"
#include "office_ui/page.h"
#include "widgets/fields.h"

namespace lanekeeper::office {

class PickList : public FlowControl {
 public:
  struct Row {
    wxString name;
    wxString code;
    wxString price;
    bool operator==(const Row&) const = default;
  };
  explicit PickList(wxWindow* parent);
  // none: what stands there when nothing was found.
  void set(std::vector<Row> rows, std::size_t selected, const wxString& none);
  void on_press(std::function<void(std::size_t row)> handler) { press_ = std::move(handler); }

 protected:
  void paint(widgets::Painter& painter) override;
  [[nodiscard]] double height_for(double width) const override;

 private:
  std::vector<Row> rows_;
  std::size_t selected_ = 0;
  wxString none_;
  std::function<void(std::size_t)> press_;
};

class GoodsPicker : public Watcher {
 public:
  GoodsPicker(wxWindow* parent, Shell& shell, GoodsFinder& finder, const wxString& hint);
  void on_pick(std::function<void(const protocol::ItemRow& row)> handler) { pick_ = std::move(handler); }
  bool take_key(const wxKeyEvent& event);
  void focus() { field_->control().SetFocus(); }
  [[nodiscard]] widgets::TextField& field() { return *field_; }

 protected:
  void update() override;

 private:
  void pick(std::size_t row);
  void close();

  GoodsFinder& finder_;
  widgets::TextField* field_;
  PickList* list_;
  std::size_t selected_ = 0;
  bool take_first_ = false;  // Enter came before the answer, as from a scanner
  std::function<void(const protocol::ItemRow&)> pick_;
};

}  // namespace lanekeeper::office

// The second window, for the customer: their goods, what they save, what is due, the change. It is only looked at: it
// never takes the focus nor a key, and what reaches it all the same is handed to the till's own window.
#pragma once

#include <functional>

#include <wx/frame.h>

#include "lane/host.h"
#include "till_ui/customer_words.h"
#include "widgets/painted.h"

namespace lanekeeper::till::ui {

// The picture, drawn for 1024x600 (800x480 on small displays) and scaled to the window.
class CustomerCanvas : public widgets::PaintedControl {
 public:
  explicit CustomerCanvas(wxWindow* parent);
  void set(CustomerWords words);
  [[nodiscard]] const CustomerWords& words() const { return words_; }

 protected:
  void paint(widgets::Painter& painter) override;

 private:
  struct Look;
  void paint_head(widgets::Painter& painter, widgets::Area area, const Look& look) const;
  void paint_goods(widgets::Painter& painter, widgets::Area area, const Look& look) const;
  void paint_row(widgets::Painter& painter, widgets::Area area, const widgets::LineRow& row, const Look& look) const;
  void paint_member(widgets::Painter& painter, const widgets::Area& area, const Look& look) const;
  void paint_due(widgets::Painter& painter, const widgets::Area& area, const Look& look) const;
  void paint_advice(widgets::Painter& painter, const widgets::Area& area, const Look& look) const;
  void paint_large_words(widgets::Painter& painter, const widgets::Area& area, const Look& look) const;

  CustomerWords words_;
};

class CustomerFrame : public wxFrame {
 public:
  // `keys` gets the keys that come here by mistake; `till` outlives the frame's calls of it.
  CustomerFrame(wxWindow* till, const CustomerWindow& options, std::function<void(wxKeyEvent&)> keys);
  void show(const RegisterView& view, const CustomerPlace& place);
  [[nodiscard]] const CustomerWords& words() const { return canvas_->words(); }

  bool AcceptsFocus() const override { return false; }
  bool AcceptsFocusFromKeyboard() const override { return false; }
  bool ShouldPreventAppExit() const override { return false; }

 private:
  void put_in_place(const CustomerWindow& options);

  i18n::Texts texts_;
  CustomerCanvas* canvas_;
};

}  // namespace lanekeeper::till::ui

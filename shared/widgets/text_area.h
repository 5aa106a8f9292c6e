// A long text of fixed pitch that is edited: a painted frame around a native text control that scrolls both ways and
// breaks no line. Lines can be marked; the caret is told by line and column.
#pragma once

#include <functional>
#include <set>

#include <wx/panel.h>
#include <wx/textctrl.h>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class TextArea : public wxPanel {
 public:
  TextArea(wxWindow* parent, const wxString& name);

  [[nodiscard]] wxTextCtrl& control() { return *control_; }
  [[nodiscard]] wxString value() const { return control_->GetValue(); }
  // Without telling on_edit; the caret stays as near as it can.
  void set_value(const wxString& value);
  void on_edit(std::function<void()> handler) { edited_ = std::move(handler); }
  void on_caret(std::function<void()> handler) { caret_moved_ = std::move(handler); }

  struct Place {
    int line = 1;  // from 1
    int column = 1;
    bool operator==(const Place&) const = default;
  };
  [[nodiscard]] Place caret() const;
  void go_to(Place place);
  void insert(const wxString& text);  // at the caret, which goes behind it; told as an edit
  // Amber ground behind these lines, and around all when there are some.
  void mark_lines(std::set<int> lines);

 private:
  void paint(Painter& painter) const;
  void place();
  void colour_lines();

  wxTextCtrl* control_ = nullptr;
  std::set<int> marked_;
  std::function<void()> edited_;
  std::function<void()> caret_moved_;
};

}  // namespace lanekeeper::widgets

// Form fields of the back office: a painted frame around a native text control, and a frame that opens a list.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <wx/panel.h>
#include <wx/textctrl.h>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

// Label above, frame with the text control, a unit or hint at its right end, an error below. Its best height follows
// from what it shows; the width is given by the sizer.
class TextField : public wxPanel {
 public:
  struct Options {
    wxString label{};                    // empty: no label, no room for one
    wxString suffix{};                   // "元"
    wxString hint{};                     // while empty
    std::optional<Icon> leading_icon{};  // search
    wxString key_cap{};                  // "/" at the right end
    wxString name{};                     // for those who do not see it, where there is no label
    bool multiline = false;
    bool right_aligned = false;  // amounts
    bool compact = false;        // 34 px
    int lines = 3;               // of a multiline field
    long style = 0;              // more wxTE_ flags, such as wxTE_PASSWORD
  };
  TextField(wxWindow* parent, Options options);

  [[nodiscard]] wxTextCtrl& control() { return *control_; }
  [[nodiscard]] wxString value() const { return control_->GetValue(); }
  void set_value(const wxString& value) { control_->ChangeValue(value); }
  void set_label(const wxString& label);
  void set_suffix(const wxString& suffix);
  void set_hint(const wxString& hint);
  // Amber frame with the words below (empty: all is well).
  void set_error(const wxString& error);
  [[nodiscard]] const wxString& error() const { return error_; }
  // The amber frame alone: the words stand elsewhere, where there is room for them.
  void set_alert(bool alert);

 protected:
  wxSize DoGetBestClientSize() const override;

 private:
  void on_paint(wxPaintEvent& event);
  void paint(Painter& painter) const;
  void place();
  [[nodiscard]] Area frame_area() const;  // design pixels
  [[nodiscard]] double suffix_width() const;
  [[nodiscard]] double error_height() const;
  bool count_error_lines();  // true: there are more or fewer than before
  void resize_for_error();

  Options options_;
  wxString error_;
  std::size_t error_lines_ = 0;  // the words wrap in a narrow field
  bool alert_ = false;
  wxTextCtrl* control_ = nullptr;
};

// Label above, a frame with the chosen text and a chevron; opens a menu. Space, Enter, Down open it from the keyboard.
class SelectField : public Pressable {
 public:
  SelectField(wxWindow* parent, const wxString& label, std::vector<wxString> choices, int selected,
              bool compact = false);
  void set_choices(std::vector<wxString> choices, int selected);
  void set_label(const wxString& label);
  void select(int index);
  [[nodiscard]] int selected() const { return selected_; }
  void on_select(std::function<void(int index)> handler) { handler_ = std::move(handler); }

 protected:
  void paint(Painter& painter) override;
  void fire() override;
  wxSize DoGetBestClientSize() const override;

 private:
  [[nodiscard]] Area frame_area() const;

  wxString label_;
  std::vector<wxString> choices_;
  int selected_ = 0;
  bool compact_ = false;
  std::function<void(int)> handler_;
};

}  // namespace lanekeeper::widgets

// A page of facts that paints itself and scrolls: headings, names with values, lines of a receipt, totals, and rows
// that lead somewhere when pressed.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class FactSheet : public PaintedControl {
 public:
  enum class Kind {
    heading,  // label, value at the right quiet
    fact,     // label quiet, value at the right
    item,     // label, note below it, value (an amount) at the right
    total,    // label and value large
    text,     // label as a paragraph
    rule,
    link,  // label and note with a chevron; pressing it tells its id
    gap,
  };
  enum class Tone { normal, quiet, attention, stop };
  struct Row {
    Kind kind = Kind::fact;
    wxString label;
    wxString value;
    wxString note;
    std::optional<Icon> icon;
    Tone tone = Tone::normal;  // of value, icon and note
    bool struck = false;
    std::optional<TagKind> tag;  // the value stands in a small frame
    int id = 0;                  // of a link
    bool operator==(const Row&) const = default;
  };

  FactSheet(wxWindow* parent, const wxString& name);
  void set(std::vector<Row> rows);  // scrolls to the top when the first row differs
  void on_link(std::function<void(int id)> handler) { link_ = std::move(handler); }
  void set_padding(int horizontal) { padding_ = horizontal; }
  void set_roomy(bool roomy) { roomy_ = roomy; }  // facts in 18 px, to be read from afar

  bool AcceptsFocusFromKeyboard() const override;

 protected:
  void paint(Painter& painter) override;

 private:
  struct Layout {
    double y = 0;
    double height = 0;
    std::vector<wxString> label;
    std::vector<wxString> note;
    bool stacked = false;  // the value below the label
  };
  [[nodiscard]] std::vector<Layout> lay_out(Painter& painter) const;
  [[nodiscard]] double value_width(Painter& painter, const Row& row) const;
  [[nodiscard]] double line_height(const Row& row) const;
  [[nodiscard]] bool has_links() const;
  void paint_row(Painter& painter, const Row& row, const Layout& layout, bool focused) const;
  void paint_link(Painter& painter, const Row& row, const Layout& layout, bool focused) const;
  void scroll_by(double delta);
  void on_key(wxKeyEvent& event);
  void move_link(int step);

  std::vector<Row> rows_;
  std::vector<Layout> layout_;  // of the last painting
  double content_height_ = 0;
  double offset_ = 0;
  double padding_ = 18;
  bool roomy_ = false;
  int focused_link_ = -1;
  std::function<void(int)> link_;
};

}  // namespace lanekeeper::widgets

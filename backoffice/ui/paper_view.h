// Paper as a receipt printer would fill it: the columns of the roll, bold and doubled text, rules, places of codes and
// pictures, the cut. Scrolls.
#pragma once

#include <vector>

#include "office_ui/words.h"
#include "receipt_template/layout.h"
#include "widgets/painted.h"

namespace lanekeeper::office {

class PaperView : public widgets::PaintedControl {
 public:
  PaperView(wxWindow* parent, const Words& words);
  // old: the text has become unreadable since; the paper is greyed.
  void set(std::vector<receipt_template::PaperElement> paper, int columns, bool old);
  void scroll_to_top();
  [[nodiscard]] const std::vector<receipt_template::PaperElement>& paper() const { return paper_; }

 protected:
  void paint(widgets::Painter& painter) override;

 private:
  void scroll_by(double delta);
  [[nodiscard]] double element_height(const receipt_template::PaperElement& element) const;
  void paint_line(widgets::Painter& painter, const receipt_template::PaperLine& line, double x, double y) const;
  void paint_run(widgets::Painter& painter, const receipt_template::Run& run, double x, double bottom) const;
  void paint_place(widgets::Painter& painter, const widgets::Area& area, const wxString& what,
                   const wxString& data) const;
  void paint_element(widgets::Painter& painter, const receipt_template::PaperElement& element,
                     const widgets::Area& area) const;

  const Words& words_;
  std::vector<receipt_template::PaperElement> paper_;
  int columns_ = 48;
  bool old_ = false;
  int em_ = 14;  // of the text, two columns wide
  double offset_ = 0;
  double content_height_ = 0;
};

}  // namespace lanekeeper::office

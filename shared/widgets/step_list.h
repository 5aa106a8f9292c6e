// The steps of something that takes several: done, the present one, those to come.
#pragma once

#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class StepList : public PaintedControl {
 public:
  struct Step {
    wxString title;
    wxString note;
    bool operator==(const Step&) const = default;
  };

  explicit StepList(wxWindow* parent);
  // Steps before `current` are done.
  void set(std::vector<Step> steps, std::size_t current);

 protected:
  void paint(Painter& painter) override;

 private:
  std::vector<Step> steps_;
  std::size_t current_ = 0;
};

}  // namespace lanekeeper::widgets

// What the check of a close asks: why a way of paying differs, what its slips come to, what stays in the drawer.
#pragma once

#include "till_ui/card.h"
#include "till_ui/shift_desk.h"

namespace lanekeeper::till::ui {

struct QuestionWords {
  wxString title, note;
  wxString value;       // what is being typed
  bool typing = false;  // else reasons are chosen
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const QuestionWords&) const = default;
};

class ShiftQuestion : public ScenePanel {
 public:
  ShiftQuestion(wxWindow* parent, Desk& desk, ShiftDesk& shift);
  // Whether there is anything to ask, and the height that it takes.
  [[nodiscard]] bool asks() const;
  [[nodiscard]] double wanted_height() const;

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  [[nodiscard]] bool with_pad() const;
  [[nodiscard]] QuestionWords words(const Scene& scene) const;

  ShiftDesk& shift_;
  Card* card_;
  std::vector<widgets::TouchKey*> reasons_;
  KeyPad* pad_;
};

}  // namespace lanekeeper::till::ui

// A line that says what comes next, or what went wrong: a title and a note in one bar.
#pragma once

#include "till_ui/card.h"
#include "till_ui/notice.h"
#include "widgets/message_panel.h"

namespace lanekeeper::till::ui {

struct HintWords {
  wxString title, note;  // without a title it is a quiet hint
  widgets::MessagePanel::Kind kind = widgets::MessagePanel::Kind::notice;
  widgets::Icon icon = widgets::Icon::info;
  [[nodiscard]] wxString spoken() const { return title + " " + note; }
  bool operator==(const HintWords&) const = default;
};

[[nodiscard]] HintWords hint_words(const Scene& scene, const Notice& notice);

class HintBar : public PaintedCard<HintWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(widgets::Painter& painter) override;
};

}  // namespace lanekeeper::till::ui

// By which ways of paying a refund goes back: first as it was paid, the rest in cash.
#pragma once

#include <vector>

#include "till_ui/card.h"

namespace lanekeeper::till::ui {

struct ReturnWaysContent {
  struct Row {
    wxString name{};
    wxString note{};
    wxString amount{};
    widgets::Icon icon = widgets::Icon::card;
    bool operator==(const Row&) const = default;
  };
  wxString title{};
  wxString hint{};
  std::vector<Row> rows{};
  [[nodiscard]] wxString spoken() const;
  bool operator==(const ReturnWaysContent&) const = default;
};

class ReturnWays : public PaintedCard<ReturnWaysContent> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(widgets::Painter& painter) override;
};

}  // namespace lanekeeper::till::ui

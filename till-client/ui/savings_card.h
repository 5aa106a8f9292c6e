// What the basket saves, promotion by promotion.
#pragma once

#include "till_ui/card.h"

namespace lanekeeper::till::ui {

struct SavingsWords {
  wxString title;
  wxString total;
  std::vector<std::pair<wxString, wxString>> rows;  // why and how much, in the order of the layers
  wxString more;                                    // with the number of rows that have no room in place of %d
  wxString empty;
  [[nodiscard]] wxString spoken() const;
  bool operator==(const SavingsWords&) const = default;
};
[[nodiscard]] SavingsWords savings_words(const Scene& scene);

class SavingsCard : public PaintedCard<SavingsWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(widgets::Painter& painter) override;
};

}  // namespace lanekeeper::till::ui

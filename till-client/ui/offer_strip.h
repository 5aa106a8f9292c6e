// A quiet line under the goods: what the basket just misses, the coupons that count, and when a better choice of
// promotions may exist. It keeps its place when it has nothing to say, so that nothing jumps while goods are scanned.
#pragma once

#include "till_ui/card.h"

namespace lanekeeper::till::ui {

struct OfferWords {
  std::vector<wxString> misses;
  wxString coupons;
  wxString coupons_saving;
  wxString doubt;
  [[nodiscard]] wxString spoken() const;
  bool operator==(const OfferWords&) const = default;
};
[[nodiscard]] OfferWords offer_words(const Scene& scene);

class OfferStrip : public PaintedCard<OfferWords> {
 public:
  using PaintedCard::PaintedCard;
  static constexpr double height = 28;
  static constexpr double gap = 5;

 protected:
  void paint(widgets::Painter& painter) override;
};

}  // namespace lanekeeper::till::ui

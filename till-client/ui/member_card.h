// Whose basket it is: masked name, tier, card. Without a member it says how to name one. A press opens the panel.
#pragma once

#include "till_ui/card.h"

namespace lanekeeper::till::ui {

struct MemberWords {
  wxString name;  // empty: nobody
  wxString tier;
  wxString birthday;
  wxString card;
  wxString hint;  // without a member
  [[nodiscard]] wxString spoken() const { return name.empty() ? hint : name + " " + tier; }
  bool operator==(const MemberWords&) const = default;
};
[[nodiscard]] MemberWords member_words(const Scene& scene);

class MemberCard : public PaintedCard<MemberWords> {
 public:
  MemberCard(wxWindow* parent, Desk& desk);

 protected:
  void paint(widgets::Painter& painter) override;
};

}  // namespace lanekeeper::till::ui

// What can stand at the right of the sale screen instead of the quick keys.
#pragma once

#include <vector>

#include "till_ui/key_pad.h"
#include "widgets/surface.h"

namespace lanekeeper::till::ui {

// What works and what does not while the server is away.
class OfflinePanel : public ScenePanel {
 public:
  OfflinePanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  Card* card_;
  widgets::TouchKey* quick_keys_;
  widgets::TouchKey* reconnect_;
};

// The change of a line's price: old and new, and the reason.
class PricePanel : public ScenePanel {
 public:
  PricePanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  Card* card_;
  std::vector<widgets::TouchKey*> reasons_;
  widgets::TouchKey* keep_;
  widgets::TouchKey* change_;
  KeyPad* pad_;
};

// What is used less often, one digit each.
class MorePanel : public ScenePanel {
 public:
  MorePanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  widgets::Surface* card_;
  widgets::Label* title_;
  std::vector<std::pair<const ActionRow*, widgets::TouchKey*>> keys_;
  widgets::TouchKey* close_;
};

// Letters for pinyin and digits, for a search by finger.
class LetterPanel : public ScenePanel {
 public:
  LetterPanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  KeyPad* digits_;
  KeyPad* letters_;
};

}  // namespace lanekeeper::till::ui

// A panel of the till drawn from a PanelModel: head, what it is about, reasons or rows to choose from, number and PIN,
// a pad, and the keys that end it.
#pragma once

#include <vector>

#include "till_ui/key_pad.h"
#include "till_ui/panel_model.h"

namespace lanekeeper::till::ui {

class TaskPanel : public ScenePanel {
 public:
  enum class PadShape {
    strip,  // two rows of six
    block,  // as on a keyboard
  };
  TaskPanel(wxWindow* parent, Desk& desk, PadShape shape = PadShape::strip);
  // What to show with the next scene; without one the open part's.
  void use(PanelModel model) { own_ = std::move(model); }

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  // How the room is shared: what is painted and where the keys stand.
  struct Room {
    widgets::Area head, about, figures, message, note, choices_title, choices, who_title, who, field, rows, pad, keys,
        more_keys;
    double choice_height = 0;
  };
  [[nodiscard]] Room share(double width, double height) const;
  void update_keys(const Scene& scene);
  void place_keys(const Room& room);
  void place_row(const widgets::Area& place, const std::vector<std::size_t>& row);
  [[nodiscard]] bool low() const;
  [[nodiscard]] widgets::TouchKey* key_at(std::vector<widgets::TouchKey*>& keys, std::size_t index, bool choice);

  Desk& desk_;
  PadShape shape_;
  std::optional<PanelModel> own_;
  PanelModel model_;
  Card* card_;
  std::vector<widgets::TouchKey*> choices_;
  std::vector<widgets::TouchKey*> keys_;
  KeyPad* digits_;
  KeyPad* amounts_;
};

// The function keys give way to digits while somebody types a number and a PIN.
class DigitRow : public ScenePanel {
 public:
  DigitRow(wxWindow* parent, Desk& desk);
  static constexpr int keys = 12;

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  std::vector<widgets::TouchKey*> keys_;
};

}  // namespace lanekeeper::till::ui

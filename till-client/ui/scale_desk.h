// The scale's panel: what lies on it, and the tare that is put on the plate before the goods.
#pragma once

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

// What the scale says, for the entry bar and the banner: "1.234 kg", and how it stands.
struct ScaleWords {
  std::string weight;  // empty: no weight to be read
  std::string state;   // text key
  bool settled = false;
};
[[nodiscard]] ScaleWords scale_words(const ScaleReading& reading);

class ScaleDesk : public DeskPart {
 public:
  using DeskPart::DeskPart;
  void begin();
  // Also while goods wait for their weight. What hinders is said.
  void set_to_zero();

  [[nodiscard]] bool open() const override { return open_; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::scale; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  bool act(Action action) override;

 private:
  void set_tare(Quantity tare);
  bool open_ = false;
};

}  // namespace lanekeeper::till::ui

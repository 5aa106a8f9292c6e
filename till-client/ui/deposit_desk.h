// Deposits that are given back, from the sale screen: the store's list of them, with a digit, the arrows or a touch, or
// a scan. As many as was typed before ("24 *").
#pragma once

#include <vector>

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

class DepositDesk : public ChoosingPart<int> {
 public:
  using ChoosingPart::ChoosingPart;
  void begin();

  [[nodiscard]] bool open() const override { return open_; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::deposit; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  bool act(Action action) override;
  bool scan(const DetectedScan& scan) override;
  void choose(int digit) override;
  void move(int step) override;
  void press_row(std::size_t index) override;

 private:
  void give_selected();
  [[nodiscard]] Quantity quantity() const;

  bool open_ = false;
  std::vector<catalogue::ItemSummary> deposits_;
};

}  // namespace lanekeeper::till::ui

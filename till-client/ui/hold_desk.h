// Puts the basket aside for any till, and takes one up again: from the list of those that wait, or by the slip.
#pragma once

#include <vector>

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

class HoldDesk : public ChoosingPart<int> {
 public:
  using ChoosingPart::ChoosingPart;
  // With goods in the basket it is put aside, else the list of those that wait is asked for.
  void begin();
  // Whether this is the label on a slip: "3-0017".
  [[nodiscard]] static bool is_slip(std::string_view data);
  void recall_slip(const std::string& label);

  [[nodiscard]] bool open() const override { return step_ != Step::none; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::hold; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  [[nodiscard]] bool holds() const override { return step_ == Step::recalling; }
  void enter(const std::string& text) override;
  bool act(Action action) override;
  bool scan(const DetectedScan& scan) override;
  void choose(int digit) override;
  void move(int step) override;
  void press_row(std::size_t index) override;
  void lane_event(const LaneEvent& event) override;

 private:
  enum class Step { none, note, asking, list, recalling };
  void ask_list();
  void put_aside(const std::string& note);
  void recall_selected();
  void recalled(const Result<void>& result);
  [[nodiscard]] PanelModel note_panel() const;
  [[nodiscard]] PanelRow row_of_basket(std::size_t index) const;

  Step step_ = Step::none;
  std::vector<protocol::SuspendedSummary> baskets_;
  bool offline_ = false;
  std::optional<Error> message_;
  std::string held_label_;  // of the basket that is being put aside
};

}  // namespace lanekeeper::till::ui

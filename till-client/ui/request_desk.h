// What other tills ask to be allowed, answered here by somebody's number and PIN.
#pragma once

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

class RequestDesk : public ChoosingPart<std::optional<Uuid>> {
 public:
  using ChoosingPart::ChoosingPart;
  void begin();
  [[nodiscard]] std::size_t waiting() const { return hand_.lane().waiting_approvals().size(); }

  [[nodiscard]] bool open() const override { return step_ != Step::none; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::requests; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  bool act(Action action) override;
  void cancel() override;
  void choose(int digit) override;
  void move(int step) override;
  void press_row(std::size_t index) override;

 private:
  enum class Step { none, list, number, pin, answering };
  [[nodiscard]] const protocol::ApprovalStatus* chosen() const;
  void begin_answer(bool granted);
  void send(const std::string& pin);

  Step step_ = Step::none;
  bool granted_ = true;
  std::string number_;
  std::optional<Error> message_;
};

}  // namespace lanekeeper::till::ui

// Somebody with more rights allows what the cashier may not do alone: on the spot by number and PIN or a badge, or from
// afar. Goods that are scanned meanwhile wait and are entered afterwards.
#pragma once

#include "till_ui/approval_subject.h"
#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

class ApprovalDesk : public DeskPart {
 public:
  using DeskPart::DeskPart;
  // `refusal` names the permission that is missing; `done` runs when the command was carried out.
  void begin(Command command, Error refusal, std::function<void()> done);
  // The line of the basket that it is about; 0: none.
  [[nodiscard]] std::int64_t line() const;
  [[nodiscard]] const Command* command() const { return request_ ? &request_->command : nullptr; }
  [[nodiscard]] bool asking_afar() const { return afar_; }

  [[nodiscard]] bool open() const override { return request_.has_value(); }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::approval; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  [[nodiscard]] bool holds() const override { return true; }
  bool act(Action action) override;
  void enter(const std::string& text) override;
  void cancel() override;
  bool scan(const DetectedScan& scan) override;
  void choose(int digit) override;
  void typed() override { message_.reset(); }
  void save_draft() override;
  void restore_draft() override;
  void lane_event(const LaneEvent& event) override;

 private:
  struct Request {
    Command command;
    Error refusal;
    access::Permission permission;
    std::function<void()> done;
  };
  enum class Step { reason, number, pin };

  void answered(const Result<void>& result);
  void granted();
  void ask_afar();
  [[nodiscard]] Words why() const;

  std::optional<Request> request_;
  std::optional<Reasons> reasons_;
  Step step_ = Step::number;
  int reason_ = 0;
  std::string number_;
  std::optional<Error> message_;
  bool afar_ = false;
  struct Saved {
    Step step = Step::number;
    int reason = 0;
    std::string code;
  } saved_;
};

}  // namespace lanekeeper::till::ui

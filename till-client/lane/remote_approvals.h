// Approval from afar, both ways: what this till has asked for, and what others ask. One request of this till at a time;
// its command is kept here and run when it is granted, if what it was about still stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lane/lane_work.h"
#include "lane/sign_in.h"

namespace lanekeeper::till {

class RemoteApprovals {
 public:
  RemoteApprovals(LaneWork& lane, SignInDesk& desk) : lane_(lane), desk_(desk) {}

  [[nodiscard]] Result<void> ask(const Command& command, const Error& refusal, std::string subject,
                                 const Error::Details& details, Lane::Done done);
  void withdraw();
  [[nodiscard]] const std::optional<protocol::ApprovalStatus>& asked() const { return asked_; }
  [[nodiscard]] const std::vector<protocol::ApprovalStatus>& waiting() const { return waiting_; }
  // As somebody else allows it or not; the PIN was checked.
  void answer(const Uuid& id, bool granted, const access::StaffMember& staff, Lane::Done done);

  // After every command: nobody waits any more when the cashier is gone or the sale is over.
  void look();
  // The server says that something changed, or can be reached again.
  void refresh();

 private:
  // Of the till when it was asked, as far as the command is about it.
  struct Ground {
    sale::Basket basket;
    catalogue::ItemId waiting = 0;  // goods that wait for a weight or a price
    std::int64_t cashier = 0;
  };
  [[nodiscard]] Ground ground() const;
  [[nodiscard]] bool still_holds() const;
  [[nodiscard]] static protocol::ApprovalRequest request_of(const Command& command, access::Permission permission,
                                                            const RegisterView& view, const sale::Basket& basket);
  void heard(const Result<protocol::ApprovalStatus>& answer, const Lane::Done& done);
  void take(const protocol::ApprovalStatus& status);
  Result<void> carry_out(const protocol::ApprovalStatus& status);
  void list();

  LaneWork& lane_;
  SignInDesk& desk_;
  std::optional<protocol::ApprovalStatus> asked_;
  Command command_ = Dismiss{};
  Ground ground_;
  std::vector<protocol::ApprovalStatus> waiting_;
  bool carrying_out_ = false;
};

}  // namespace lanekeeper::till

// Carries out console commands on a till and makes the answers. Belongs to the till's owning thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <variant>

#include "base/json_codec.h"
#include "console/grammar.h"
#include "i18n/i18n.h"
#include "lane/host.h"

namespace lanekeeper::till::console {

// An answer that comes later: as soon as `answer` gives one, at the latest after `seconds` with `late`.
struct Pending {
  int seconds = 0;
  std::function<std::optional<json::Value>()> answer;
  std::function<json::Value()> late;
};
using Reply = std::variant<json::Value, Pending>;

class Session {
 public:
  Session(Till& till, i18n::Language language);

  // Never throws; one line, one reply.
  [[nodiscard]] Reply execute(std::string_view line);
  [[nodiscard]] json::Value too_long() const;
  [[nodiscard]] json::Value event(const LaneEvent& event) const;
  // What a scanner of its own sent, entered as a scan: what has come of it, as an event.
  [[nodiscard]] json::Value scanned(const std::string& data);
  [[nodiscard]] bool quitting() const { return quitting_; }

 private:
  Reply run(const till::Command& command);
  Reply run(const Help&);
  Reply run(const Status&);
  Reply run(const ShowBasket&);
  Reply run(const Login& command);
  Reply run(const VoidSelected&);
  Reply run(const Search& command);
  Reply run(const CheckPrice& command);
  Reply run(const Reprint& command);
  Reply run(const Member& command);
  Reply run(const PresentCoupon& command);
  Reply run(const BringBack& command);
  Reply run(const VoidReceipt& command);
  Reply run(const Take& command);
  Reply run(const Wait& command);
  Reply run(const Sync& command);
  Reply run(const SetClock& command);
  Reply run(const SetLanguage& command);
  Reply run(const Reconnect&);
  Reply run(const UseServer& command);
  Reply run(const NewPairingCode&);
  Reply run(const Quit&);
  // session_desk.cpp
  Reply run(const GiftReceipt& command);
  Reply run(const ShowShift&);
  Reply run(const PrintX&);
  Reply run(const PrintZ&);
  Reply run(const CloseTill&);
  Reply run(const ShowSuspended&);
  Reply run(const Recall& command);
  Reply run(const Approve& command);
  Reply run(const ApproveByBadge& command);
  Reply run(const AskApproval&);
  Reply run(const WithdrawApproval&);
  Reply run(const ShowApprovals&);
  Reply run(const AnswerApproval& command);
  Reply run(const SetTare& command);
  Reply run(const ShowWeight&);
  Reply run(const SetScaleToZero&);
  Reply run(const ShowDepartments&);
  Reply run(const ShowDeposits&);
  Reply run(const ShowDevices& command);
  Reply run(const Training& command);
  Reply run(const FindSales& command);

  // The basket after a command, with the receipt where that completed a sale.
  [[nodiscard]] json::Value after(const till::Command& command) const;
  Reply approved(const std::function<Result<void>(const till::Command&)>& approve);
  [[nodiscard]] json::Value refusal(const Error& error) const;
  [[nodiscard]] json::Value done(const Result<void>& result) const;
  // The basket, or why not.
  [[nodiscard]] json::Value basket_after(const Result<void>& result) const;
  // What the server may have to be asked for: the answer comes when it has said something.
  Reply when_done(const std::function<void(Lane::Done)>& ask);
  // The same where the answer is something else than the basket.
  using Answer = std::shared_ptr<std::optional<json::Value>>;
  Reply when_answered(const std::function<void(Answer)>& ask);
  Reply when_asked();
  [[nodiscard]] json::Value timeout(std::string_view what, int seconds) const;
  Reply wait_for(int seconds, std::string what, std::function<bool()> condition);

  Till& till_;
  Lane& lane_;
  i18n::Texts texts_;
  bool quitting_ = false;
};

}  // namespace lanekeeper::till::console

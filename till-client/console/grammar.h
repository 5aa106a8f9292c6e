// The console's language: one command a line, words separated by blanks, "double quotes" keep blanks together. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/ids.h"
#include "base/time.h"
#include "i18n/i18n.h"
#include "lane/lane.h"
#include "register/commands.h"

namespace lanekeeper::till::console {

inline constexpr std::size_t max_line_bytes = 64 * 1024;

struct Help {};
struct Status {};
struct ShowBasket {};
struct Login {
  std::string number;
  std::string pin;
};
struct VoidSelected {};  // `void` alone
struct Search {
  std::string text;
};
struct CheckPrice {  // nothing is sold
  std::string code;
};
struct Reprint {
  std::int64_t receipt = 0;  // 0: the last one
};
struct GiftReceipt {
  std::int64_t receipt = 0;
};
struct ShowShift {};
struct PrintX {};
struct PrintZ {};     // of the last close again
struct CloseTill {};  // asks what is still open, then begins the close
struct ShowSuspended {};
struct Recall {
  std::string label;
};
struct Approve {  // the command that was refused last
  std::string number;
  std::string pin;
};
struct ApproveByBadge {
  std::string code;
};
struct AskApproval {};  // from afar, for the command that was refused last
struct WithdrawApproval {};
struct ShowApprovals {};
struct AnswerApproval {
  Uuid id;
  bool granted = false;
  std::string number;
  std::string pin;
};
struct SetTare {
  Quantity tare;
};
struct ShowWeight {};
struct SetScaleToZero {};
struct ShowDevices {
  enum class Test { none, print, display };
  Test test = Test::none;
};
struct ShowDepartments {};  // goods whose price is typed
struct ShowDeposits {};     // what a deposit can be given back for
struct Training {
  bool on = false;
};
struct Member {  // number of the card or phone
  std::string code;
};
struct PresentCoupon {
  std::string code;
};
struct VoidReceipt {  // the whole sale of it
  std::string receipt;
  std::string reason;
};
struct BringBack {  // goods of this receipt
  std::string receipt;
};
struct Take {  // of a line of that receipt; no quantity: all that is left
  std::int64_t line = 0;
  std::optional<Quantity> quantity;
  std::optional<sale::ReturnedTo> to;
  std::optional<std::string> reason;
};
struct FindSales {  // whose receipt is not at hand
  Lane::SaleWish wish;
};
struct Wait {
  enum class For { paired, online, offline, catalogue, delivered };
  For what = For::online;
  int seconds = 30;
};
struct Sync {  // asks the link to hurry, then waits until nothing is unsent
  int seconds = 30;
};
struct SetClock {
  ZonedTime now;
};
struct SetLanguage {
  i18n::Language language = i18n::Language::zh_CN;
};
struct Reconnect {};
struct UseServer {
  std::string address;
};
struct NewPairingCode {};
struct Quit {};

using ConsoleCommand =
    std::variant<till::Command, Help, Status, ShowBasket, Login, VoidSelected, Search, Reprint, Member, PresentCoupon,
                 BringBack, VoidReceipt, Take, Wait, Sync, SetClock, SetLanguage, Reconnect, UseServer, NewPairingCode,
                 Quit, GiftReceipt, ShowShift, PrintX, PrintZ, CloseTill, ShowSuspended, Recall, Approve,
                 ApproveByBadge, AskApproval, WithdrawApproval, ShowApprovals, AnswerApproval, SetTare, ShowWeight,
                 Training, FindSales, SetScaleToZero, ShowDepartments, ShowDeposits, CheckPrice, ShowDevices>;

// console.empty, console.not_text (not UTF-8, or a NUL), console.unknown_command (detail "command"), console.usage
// (detail "usage": how the command is written), and what register/entry_text.h says about numbers.
[[nodiscard]] Result<ConsoleCommand> parse_line(std::string_view line);

struct CommandHelp {
  std::string_view usage;
  std::string_view key;  // of the text that explains it
};
[[nodiscard]] const std::vector<CommandHelp>& all_commands();

}  // namespace lanekeeper::till::console

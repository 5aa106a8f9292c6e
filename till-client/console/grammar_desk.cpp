// Baskets that are put aside, approvals, training, and the scale.

#include "console/grammar_words.h"
#include "register/entry_text.h"

namespace lanekeeper::till::console {

namespace {

Parsed parse_suspend(const Words& words) {
  return till::Command(SuspendBasket{join_from(words, 1)});
}

Parsed parse_recall(const Words& words) {
  if (words.size() != 2) return usage(words);
  return Recall{words[1]};
}

Parsed parse_approve(const Words& words) {
  if (words.size() != 3) return usage(words);
  return Approve{words[1], words[2]};
}

Parsed parse_badge(const Words& words) {
  if (words.size() != 2) return usage(words);
  return ApproveByBadge{words[1]};
}

Parsed parse_ask(const Words& words) {
  if (words.size() == 1) return AskApproval{};
  if (words.size() != 2 || words[1] != off) return usage(words);
  return WithdrawApproval{};
}

Parsed parse_answer(const Words& words, bool granted) {
  if (words.size() != 4) return usage(words);
  const auto id = Uuid::parse(words[1]);
  if (!id) return usage(words);
  return AnswerApproval{*id, granted, words[2], words[3]};
}

Parsed parse_tare(const Words& words) {
  if (words.size() != 2) return usage(words);
  if (words[1] == off) return SetTare{};
  auto tare = parse_weight(words[1]);
  if (!tare) return fail(std::move(tare.error()));
  return SetTare{*tare};
}

// LINE is meant when more follows.
Parsed parse_why(const Words& words) {
  if (words.size() < 2) return usage(words);
  const auto line = words.size() > 2 ? whole_number(words[1]) : std::nullopt;
  return till::Command(DescribeReturn{line.value_or(0), join_from(words, line ? 2 : 1), {}});
}

Parsed parse_deposit(const Words& words) {
  if (words.size() == 2 && words[1] == "list") return ShowDeposits{};
  if (words.size() < 3 || words.size() > 4 || words[1] != "back") return usage(words);
  TakeBackDeposit command{0, words[2], Quantity::of_units(1)};
  if (words.size() == 4) {
    auto quantity = parse_units(words[3]);
    if (!quantity) return fail(std::move(quantity.error()));
    command.quantity = *quantity;
  }
  return till::Command(command);
}

Parsed parse_goes(const Words& words) {
  const auto line = words.size() == 3 ? whole_number(words[1]) : std::optional<std::int64_t>(0);
  const auto to = words.size() == 2 || words.size() == 3 ? destination(words.back()) : std::nullopt;
  if (!line || !to) return usage(words);
  return till::Command(DescribeReturn{*line, {}, *to});
}

Parsed parse_find(const Words& words) {
  FindSales find;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    const auto name = words[i].substr(0, equals);
    const auto value = equals == std::string::npos ? std::string() : words[i].substr(equals + 1);
    if (equals == std::string::npos) {
      if (!find.wish.code.empty()) return usage(words);
      find.wish.code = words[i];
    } else if (name == "till") {
      find.wish.till = whole_number(value);
      if (!find.wish.till) return usage(words);
    } else if (name == "date") {
      const auto date = Date::parse(value);
      if (!date) return usage(words);
      find.wish.date = *date;
    } else if (name == "amount") {
      auto amount = parse_amount(value);
      if (!amount) return fail(std::move(amount.error()));
      find.wish.amount = *amount;
    } else {
      return usage(words);
    }
  }
  return find;
}

Parsed parse_training(const Words& words) {
  if (words.size() != 2 || (words[1] != "on" && words[1] != off)) return usage(words);
  return Training{words[1] == "on"};
}

Parsed parse_devices(const Words& words) {
  using Test = ShowDevices::Test;
  if (words.size() == 1) return ShowDevices{};
  if (words.size() != 2 || (words[1] != "print" && words[1] != "display")) return usage(words);
  return ShowDevices{words[1] == "print" ? Test::print : Test::display};
}

}  // namespace

std::optional<sale::ReturnedTo> destination(std::string_view word) {
  for (const auto& [value, name] : json::EnumNames<sale::ReturnedTo>::names) {
    if (name == word) return value;
  }
  return std::nullopt;
}

const std::vector<Rule>& desk_rules() {
  static const std::vector<Rule> rules = {
      {"suspend", "suspend [NOTE]", "console.help.suspend", parse_suspend},
      {"suspended", "suspended", "console.help.suspended", plain<ShowSuspended>},
      {"recall", "recall LABEL", "console.help.recall", parse_recall},
      {"approve", "approve NUMBER PIN", "console.help.approve", parse_approve},
      {"badge", "badge CODE", "console.help.badge", parse_badge},
      {"ask", "ask | ask off", "console.help.ask", parse_ask},
      {"approvals", "approvals", "console.help.approvals", plain<ShowApprovals>},
      {"grant", "grant ID NUMBER PIN", "console.help.grant",
       [](const Words& words) { return parse_answer(words, true); }},
      {"refuse", "refuse ID NUMBER PIN", "console.help.refuse",
       [](const Words& words) { return parse_answer(words, false); }},
      {"weight", "weight", "console.help.weight", plain<ShowWeight>},
      {"tare", "tare KG|off", "console.help.tare", parse_tare},
      {"zero", "zero", "console.help.zero", plain<SetScaleToZero>},
      {"devices", "devices [print|display]", "console.help.devices", parse_devices},
      {"departments", "departments", "console.help.departments", plain<ShowDepartments>},
      {"deposit", "deposit back CODE [QUANTITY] | deposit list", "console.help.deposit", parse_deposit},
      {"why", "why [LINE] REASON", "console.help.why", parse_why},
      {"goes", "goes [LINE] stock|waste|supplier", "console.help.goes", parse_goes},
      {"find", "find [MEMBER|CODE] [till=N] [date=YYYY-MM-DD] [amount=AMOUNT]", "console.help.find", parse_find},
      {"training", "training on|off", "console.help.training", parse_training},
  };
  return rules;
}

}  // namespace lanekeeper::till::console

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

Parsed parse_training(const Words& words) {
  if (words.size() != 2 || (words[1] != "on" && words[1] != off)) return usage(words);
  return Training{words[1] == "on"};
}

}  // namespace

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
      {"training", "training on|off", "console.help.training", parse_training},
  };
  return rules;
}

}  // namespace lanekeeper::till::console

// Shifts, cash that comes and goes, the count, and every way of paying.

#include "console/grammar_words.h"
#include "register/entry_text.h"

namespace lanekeeper::till::console {

namespace {

using sale::ControlKind;
using sale::TenderKind;

struct Way {
  TenderKind kind = TenderKind::other;
  std::optional<std::string> method;
};
// "cash", "card" and "voucher"; anything else is the code of a way of paying of the store's own.
Way way_named(const std::string& word) {
  if (word == "cash") return {TenderKind::cash, std::nullopt};
  if (word == "card") return {TenderKind::card, std::nullopt};
  if (word == "voucher") return {TenderKind::voucher, std::nullopt};
  return {TenderKind::other, word};
}

Parsed parse_shift(const Words& words) {
  if (words.size() == 1) return ShowShift{};
  if (words.size() != 3 || words[1] != "open") return usage(words);
  return command(parse_amount(words[2]), [](Money amount) { return OpenShift{amount}; });
}

// The reason counts where the register asks for one; of change and pick-ups what follows is a note.
Parsed parse_cash(const Words& words) {
  if (words.size() < 3) return usage(words);
  MoveCash move;
  if (words[1] == "in") {
    move.kind = ControlKind::paid_in;
  } else if (words[1] == "out") {
    move.kind = ControlKind::paid_out;
  } else if (words[1] == "loan") {
    move.kind = ControlKind::loan;
  } else if (words[1] == "pickup") {
    move.kind = ControlKind::pick_up;
  } else {
    return usage(words);
  }
  const bool with_reason = move.kind == ControlKind::paid_in || move.kind == ControlKind::paid_out;
  (with_reason ? move.reason : move.note) = join_from(words, 3);
  return command(parse_amount(words[2]), [&move](Money amount) {
    move.amount = amount;
    return move;
  });
}

Parsed parse_drawer(const Words& words) {
  if (words.size() < 2) return usage(words);
  return till::Command(NoSale{join_from(words, 1)});
}

Parsed parse_close(const Words& words) {
  if (words.size() == 1) return CloseTill{};
  if (words.size() == 2 && words[1] == "cancel") return till::Command(CancelClose{});
  if (words.size() != 3 || words[1] != "left") return usage(words);
  return command(parse_amount(words[2]), [](Money left) { return CloseShift{left}; });
}

// "100x23": twenty-three notes of a hundred.
Parsed parse_count(const Words& words) {
  if (words.size() < 2) return usage(words);
  CountCash count;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto cross = words[i].find('x');
    if (cross == std::string::npos) return usage(words);
    const auto denomination = Money::parse(words[i].substr(0, cross));
    const auto pieces = whole_number(std::string_view(words[i]).substr(cross + 1));
    if (!denomination || !pieces) return usage(words);
    count.counts.push_back({*denomination, *pieces});
  }
  return till::Command(std::move(count));
}

Parsed parse_declare(const Words& words) {
  if (words.size() < 3) return usage(words);
  const auto way = way_named(words[1]);
  DeclareTender declare{way.kind, way.method, std::nullopt, std::nullopt};
  std::size_t reason_at = 2;
  if (const auto amount = Money::parse(words[2]); amount && way.kind != TenderKind::cash) {
    declare.declared = *amount;
    reason_at = 3;
  }
  if (words.size() > reason_at) declare.reason = join_from(words, reason_at);
  return till::Command(std::move(declare));
}

// A way of paying with its amount from `at` on, and what stands on its slip.
template <class Tender>
Parsed parse_paying(const Words& words, const Way& way, std::size_t at) {
  if (words.size() <= at) return usage(words);
  Tender tender{way.kind, way.method, Money(), join_from(words, at + 1)};
  return command(parse_amount(words[at]), [&tender](Money amount) {
    tender.amount = amount;
    return tender;
  });
}

Parsed parse_pay(const Words& words) {
  if (words.size() < 3 || way_named(words[1]).kind == TenderKind::cash) return usage(words);
  return parse_paying<TenderOther>(words, way_named(words[1]), 2);
}

Parsed parse_refund(const Words& words) {
  if (words.size() < 3 || way_named(words[1]).kind == TenderKind::cash) return usage(words);
  return parse_paying<RefundTender>(words, way_named(words[1]), 2);
}

}  // namespace

const std::vector<Rule>& cash_rules() {
  static const std::vector<Rule> rules = {
      {"card", "card AMOUNT [REFERENCE]", "console.help.card",
       [](const Words& words) { return parse_paying<TenderOther>(words, way_named("card"), 1); }},
      {"voucher", "voucher AMOUNT [NUMBER]", "console.help.voucher",
       [](const Words& words) { return parse_paying<TenderOther>(words, way_named("voucher"), 1); }},
      {"pay", "pay METHOD AMOUNT [REFERENCE]", "console.help.pay", parse_pay},
      {"refund", "refund card|voucher|METHOD AMOUNT [REFERENCE]", "console.help.refund", parse_refund},
      {"shift", "shift | shift open FLOAT", "console.help.shift", parse_shift},
      {"cash", "cash in|out AMOUNT REASON | cash loan|pickup AMOUNT [NOTE]", "console.help.cash", parse_cash},
      {"drawer", "drawer REASON", "console.help.drawer", parse_drawer},
      {"x", "x", "console.help.x", plain<PrintX>},
      {"close", "close | close left AMOUNT | close cancel", "console.help.close", parse_close},
      {"count", "count VALUExPIECES ...", "console.help.count", parse_count},
      {"declare", "declare card|voucher|METHOD AMOUNT [REASON] | declare cash REASON", "console.help.declare",
       parse_declare},
      {"z", "z", "console.help.z", plain<PrintZ>},
  };
  return rules;
}

}  // namespace lanekeeper::till::console

// How the store wants its tills to behave; part of the store profile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "money/money.h"

namespace lanekeeper::protocol {

// A way of paying that the store accepts besides cash, bank cards and vouchers: meal cards, a mall's card.
struct TenderMethod {
  std::string code;  // stands in sale::Tender::method
  std::string name;
  std::string name_en;
  bool needs_reference = true;
  bool works_offline = true;
  bool operator==(const TenderMethod&) const = default;
};
template <class V>
void describe(V& visit, TenderMethod& m) {
  visit("code", m.code);
  visit("name", m.name);
  visit("name_en", m.name_en);
  visit("needs_reference", m.needs_reference);
  visit("works_offline", m.works_offline);
}

struct TillPolicy {
  bool shifts_required = false;     // nothing is sold before a shift is open
  Money usual_float;                // proposed at the opening, and to be left at the close
  Money difference_tolerance;       // over or short up to this needs neither a reason nor a signature
  std::optional<Money> pick_up_at;  // cash in the drawer from which the till asks for a pick-up
  bool vouchers = true;             // gift vouchers on paper are taken
  std::vector<TenderMethod> methods;
  std::optional<bool> badge_signs_in = std::nullopt;  // a badge alone signs in; else the PIN is asked as well
  bool operator==(const TillPolicy&) const = default;
};
template <class V>
void describe(V& visit, TillPolicy& p) {
  visit("shifts_required", p.shifts_required);
  visit("usual_float", p.usual_float);
  visit("difference_tolerance", p.difference_tolerance);
  visit("pick_up_at", p.pick_up_at);
  visit("vouchers", p.vouchers);
  visit("methods", p.methods);
  visit("badge_signs_in", p.badge_signs_in);
}

// A template of docs/receipts.md that the shop has changed.
struct ReceiptTemplate {
  std::string kind;      // "sale", "gift", "return", "control", "suspend", "report"
  std::string language;  // "zh_CN", "en"
  std::string text;
  bool operator==(const ReceiptTemplate&) const = default;
};
template <class V>
void describe(V& visit, ReceiptTemplate& t) {
  visit("kind", t.kind);
  visit("language", t.language);
  visit("text", t.text);
}

}  // namespace lanekeeper::protocol

// How people set what tills do and what receipts look like. docs/protocol/openapi.yaml.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "protocol/till_policy.h"

namespace lanekeeper::protocol {

// GET /v1/settings (a person with store.settings), and the answer to every change: how it is now.
struct StoreSettings {
  TillPolicy till_policy;
  std::vector<ReceiptTemplate> receipt_templates;  // the shop's own; of others the built-in one prints
};
template <class V>
void describe(V& visit, StoreSettings& s) {
  visit("till_policy", s.till_policy);
  visit("receipt_templates", s.receipt_templates);
}

// PUT /v1/settings/till-policy
struct TillPolicyChange {
  TillPolicy policy;
  // What one saw: refused when it is another one by now (settings.changed_meanwhile). Missing: not asked.
  std::optional<TillPolicy> before;
};
template <class V>
void describe(V& visit, TillPolicyChange& c) {
  visit("policy", c.policy);
  visit("before", c.before);
}

// PUT /v1/settings/receipt-templates/{kind}/{language}
struct ReceiptTemplateChange {
  std::string text;
  std::optional<std::string> before;  // as of TillPolicyChange; empty: the shop had none of its own
};
template <class V>
void describe(V& visit, ReceiptTemplateChange& c) {
  visit("text", c.text);
  visit("before", c.before);
}

// POST /v1/settings/receipt-templates/{kind}/{language}/removal. The body may be missing: nothing is asked then.
struct ReceiptTemplateRemoval {
  std::optional<std::string> before;  // as of ReceiptTemplateChange
};
template <class V>
void describe(V& visit, ReceiptTemplateRemoval& r) {
  visit("before", r.before);
}

}  // namespace lanekeeper::protocol

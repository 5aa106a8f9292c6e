// What the preview of a template is filled with: a small sale, a return, slips and a Z of this very shop, with the
// names of docs/receipts.md.
#pragma once

#include <string>
#include <vector>

#include "i18n/i18n.h"
#include "protocol/messages.h"
#include "receipt_template/built_in.h"

namespace lanekeeper::office {

// What the profile does not know of the shop's head is made up.
[[nodiscard]] receipt_template::Value receipt_sample(receipt_template::Kind kind, i18n::Language language,
                                                     const protocol::StoreProfile& profile);

// The names that a template of this kind can use, by name, as they are written: "{{store.name}}", a condition or a list
// with its end, and what can be written inside of a list behind the list's own.
struct SampleName {
  std::string name;     // "lines / name", to be chosen from; "approvals / ." of a list of texts
  std::string written;  // "{{name}}", "{{.}}"
  bool operator==(const SampleName&) const = default;
};
[[nodiscard]] std::vector<SampleName> sample_names(receipt_template::Kind kind);

}  // namespace lanekeeper::office

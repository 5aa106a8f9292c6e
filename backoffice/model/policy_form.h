// How the tills are to behave as it stands in the fields, and what of it cannot be.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/till_policy.h"

namespace lanekeeper::office {

struct MethodForm {
  std::string code;
  std::string name;
  std::string name_en;
  bool needs_reference = true;
  bool works_offline = true;
  bool operator==(const MethodForm&) const = default;
};

struct PolicyForm {
  bool shifts_required = false;
  std::string usual_float;
  std::string difference_tolerance;
  std::string pick_up_at;  // empty: the tills ask for none
  bool vouchers = true;
  bool badge_signs_in = false;
  std::vector<MethodForm> methods;
  bool operator==(const PolicyForm&) const = default;
};

enum class PolicyField { usual_float, difference_tolerance, pick_up_at, method_code, method_name, method_name_en };

struct PolicyProblem {
  PolicyField field = PolicyField::usual_float;
  std::size_t row = 0;  // of a method
  Error error;
};

// As many as the server takes, and names as long.
inline constexpr std::size_t most_methods = 50;
inline constexpr std::size_t longest_method_name = 60;  // characters
inline constexpr std::size_t longest_method_code = 32;

[[nodiscard]] PolicyForm policy_form(const protocol::TillPolicy& policy);

struct ReadPolicy {
  protocol::TillPolicy policy;
  std::vector<PolicyProblem> problems;  // in the order of the fields; empty: the policy can be sent
};
// before: what the form was made of; of it stays what no field shows.
[[nodiscard]] ReadPolicy read_policy(const PolicyForm& form, const protocol::TillPolicy& before);

}  // namespace lanekeeper::office

#include "model/policy_form.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"

namespace lanekeeper::office {
namespace {

std::string trimmed(const std::string& text) {
  return std::string(trim(text));
}

class PolicyReader {
 public:
  PolicyReader(const PolicyForm& form, const protocol::TillPolicy& before) : form_(form) { read_.policy = before; }

  ReadPolicy read() {
    auto& policy = read_.policy;
    policy.shifts_required = form_.shifts_required;
    policy.usual_float = money(PolicyField::usual_float, form_.usual_float).value_or(Money());
    policy.difference_tolerance =
        money(PolicyField::difference_tolerance, form_.difference_tolerance).value_or(Money());
    policy.pick_up_at = money(PolicyField::pick_up_at, form_.pick_up_at);
    if (policy.pick_up_at && policy.pick_up_at->is_zero()) policy.pick_up_at.reset();
    policy.vouchers = form_.vouchers;
    if (form_.badge_signs_in != policy.badge_signs_in.value_or(false)) policy.badge_signs_in = form_.badge_signs_in;
    policy.methods.clear();
    for (std::size_t row = 0; row < form_.methods.size(); ++row) policy.methods.push_back(method(row));
    return std::move(read_);
  }

 private:
  void problem(PolicyField field, std::size_t row, Error error) {
    read_.problems.push_back({field, row, std::move(error)});
  }

  // Nothing where the field is empty.
  std::optional<Money> money(PolicyField field, const std::string& text) {
    const auto value = trim(text);
    if (value.empty()) return std::nullopt;
    const auto amount = Money::parse(value);
    if (!amount) {
      problem(field, 0, amount.error());
      return std::nullopt;
    }
    if (amount->is_negative()) {
      problem(field, 0, {"policy.negative", "This amount cannot be negative. Correct it.", {}});
    }
    return *amount;
  }

  void check_code(std::size_t row, const std::string& code) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    if (code.empty() || code.size() > longest_method_code || !std::all_of(code.begin(), code.end(), fits)) {
      problem(PolicyField::method_code, row,
              {"policy.bad_code", "A code has up to 32 small letters, digits, _ and -. Correct it.", {}});
    } else if (!codes_.insert(code).second) {
      problem(PolicyField::method_code, row,
              {"policy.same_code", "Another way of paying has this code. Take another.", {}});
    }
  }

  void check_name(PolicyField field, std::size_t row, const std::string& name, bool needed) {
    if (needed && name.empty()) {
      problem(field, row, {"policy.no_name", "A way of paying needs a name. Write it.", {}});
    } else if (to_utf32(name).size() > longest_method_name) {
      problem(field, row, {"policy.long_name", "A name has at most 60 characters. Shorten it.", {}});
    }
  }

  protocol::TenderMethod method(std::size_t row) {
    const auto& typed = form_.methods[row];
    protocol::TenderMethod method{trimmed(typed.code), trimmed(typed.name), trimmed(typed.name_en),
                                  typed.needs_reference, typed.works_offline};
    check_code(row, method.code);
    check_name(PolicyField::method_name, row, method.name, true);
    check_name(PolicyField::method_name_en, row, method.name_en, false);
    return method;
  }

  const PolicyForm& form_;
  ReadPolicy read_;
  std::set<std::string> codes_;
};

}  // namespace

PolicyForm policy_form(const protocol::TillPolicy& policy) {
  PolicyForm form;
  form.shifts_required = policy.shifts_required;
  form.usual_float = policy.usual_float.to_string();
  form.difference_tolerance = policy.difference_tolerance.to_string();
  if (policy.pick_up_at) form.pick_up_at = policy.pick_up_at->to_string();
  form.vouchers = policy.vouchers;
  form.badge_signs_in = policy.badge_signs_in.value_or(false);
  for (const auto& method : policy.methods) {
    form.methods.push_back({method.code, method.name, method.name_en, method.needs_reference, method.works_offline});
  }
  return form;
}

ReadPolicy read_policy(const PolicyForm& form, const protocol::TillPolicy& before) {
  return PolicyReader(form, before).read();
}

}  // namespace lanekeeper::office

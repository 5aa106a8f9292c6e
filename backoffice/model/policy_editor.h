// The rules for tills while they are changed.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "model/policy_form.h"
#include "model/store_settings_model.h"

namespace lanekeeper::office {

// What is typed stays when the session ends: who signs in again goes on. UI thread only.
class PolicyEditor {
 public:
  explicit PolicyEditor(StoreSettingsModel& settings);

  [[nodiscard]] bool readable() const { return settings_.settings() != nullptr; }
  [[nodiscard]] const PolicyForm& form() const { return form_; }
  // Problems of the field come when one saves, and go when it is changed.
  void edit(PolicyField field, std::size_t row, const std::function<void(PolicyForm&)>& change);
  void edit(const std::function<void(PolicyForm&)>& change);  // what cannot be wrong: switches
  void add_method();
  void remove_method(std::size_t row);
  [[nodiscard]] bool changed() const;
  void discard();
  void forget();  // somebody else sits down

  bool save();  // false: something is wrong, or there is nothing to save
  [[nodiscard]] bool saving() const { return saving_; }
  [[nodiscard]] bool just_saved() const { return just_saved_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] const std::vector<PolicyProblem>& problems() const { return problems_; }
  [[nodiscard]] const Error* problem(PolicyField field, std::size_t row = 0) const;

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void settings_changed();
  void rebase(const PolicyForm& mine, const PolicyForm& base, const PolicyForm& theirs);
  void saved(const Result<void>& result);
  void touched();

  StoreSettingsModel& settings_;
  protocol::TillPolicy base_;  // what the form is a change of
  std::optional<PolicyForm> sent_;
  PolicyForm form_ = policy_form({});
  std::vector<PolicyProblem> problems_;
  bool saving_ = false;
  bool just_saved_ = false;
  std::optional<Error> error_;
  Lifetime alive_;
  Signal changed_;
  Signal::Subscription settings_watch_;
};

}  // namespace lanekeeper::office

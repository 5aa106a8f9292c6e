#include "model/policy_editor.h"

#include <algorithm>

namespace lanekeeper::office {

namespace {

using Methods = std::vector<MethodForm>;

std::size_t place_of(const Methods& methods, const std::string& code) {
  const auto found = std::find_if(methods.begin(), methods.end(), [&](const auto& one) { return one.code == code; });
  return static_cast<std::size_t>(found - methods.begin());
}

const MethodForm* with_code(const Methods& methods, const std::string& code) {
  const auto place = place_of(methods, code);
  return place == methods.size() ? nullptr : &methods[place];
}

bool differ(const MethodForm* a, const MethodForm* b) {
  return (a == nullptr) != (b == nullptr) || (a != nullptr && *a != *b);
}

// By code: what both left alone or only one of them touched is as that one has it, and what both touched is as it
// stands here. Rows without a code yet are one's own, and so is a second row of the same code: it is told when one
// saves.
Methods merged(const Methods& mine, const Methods& base, const Methods& theirs) {
  if (mine == base) return theirs;
  if (theirs == base) return mine;
  Methods result;
  std::vector<bool> taken(mine.size());
  for (const auto& their : theirs) {
    const auto* before = with_code(base, their.code);
    const auto* own = with_code(mine, their.code);
    if (own != nullptr) taken[place_of(mine, their.code)] = true;
    const auto* kept = differ(own, before) ? own : &their;
    if (kept != nullptr) result.push_back(*kept);
  }
  for (std::size_t i = 0; i < mine.size(); ++i) {
    if (taken[i]) continue;
    const bool is_second = with_code(theirs, mine[i].code) != nullptr;
    if (is_second || differ(&mine[i], with_code(base, mine[i].code))) result.push_back(mine[i]);
  }
  return result;
}

// What one changed, made to what somebody else changed meanwhile.
PolicyForm rebased(const PolicyForm& mine, const PolicyForm& base, PolicyForm theirs) {
  const auto keep = [&](auto PolicyForm::*field) {
    if (mine.*field != base.*field) theirs.*field = mine.*field;
  };
  keep(&PolicyForm::shifts_required);
  keep(&PolicyForm::usual_float);
  keep(&PolicyForm::difference_tolerance);
  keep(&PolicyForm::pick_up_at);
  keep(&PolicyForm::vouchers);
  keep(&PolicyForm::badge_signs_in);
  theirs.methods = merged(mine.methods, base.methods, theirs.methods);
  return theirs;
}

}  // namespace

PolicyEditor::PolicyEditor(StoreSettingsModel& settings) : settings_(settings) {
  settings_watch_ = settings_.on_change([this] { settings_changed(); });
}

bool PolicyEditor::changed() const {
  return form_ != policy_form(base_);
}

void PolicyEditor::touched() {
  error_.reset();
  just_saved_ = false;
  changed_.notify();
}

void PolicyEditor::edit(PolicyField field, std::size_t row, const std::function<void(PolicyForm&)>& change) {
  change(form_);
  std::erase_if(problems_, [&](const auto& problem) { return problem.field == field && problem.row == row; });
  touched();
}

void PolicyEditor::edit(const std::function<void(PolicyForm&)>& change) {
  change(form_);
  touched();
}

void PolicyEditor::add_method() {
  if (form_.methods.size() >= most_methods) return;
  form_.methods.emplace_back();
  touched();
}

void PolicyEditor::remove_method(std::size_t row) {
  if (row >= form_.methods.size()) return;
  form_.methods.erase(form_.methods.begin() + static_cast<std::ptrdiff_t>(row));
  const auto of_method = [](const PolicyProblem& problem) { return problem.field >= PolicyField::method_code; };
  std::erase_if(problems_, [&](const auto& problem) { return of_method(problem) && problem.row == row; });
  for (auto& problem : problems_) {
    if (of_method(problem) && problem.row > row) --problem.row;
  }
  touched();
}

void PolicyEditor::discard() {
  alive_.renew();
  saving_ = false;
  form_ = policy_form(base_);
  problems_.clear();
  touched();
}

void PolicyEditor::forget() {
  base_ = readable() ? settings_.settings()->till_policy : protocol::TillPolicy{};
  discard();
}

const Error* PolicyEditor::problem(PolicyField field, std::size_t row) const {
  const auto found = std::find_if(problems_.begin(), problems_.end(),
                                  [&](const auto& problem) { return problem.field == field && problem.row == row; });
  return found == problems_.end() ? nullptr : &found->error;
}

bool PolicyEditor::save() {
  if (saving_ || !readable() || !changed()) return false;
  auto read = read_policy(form_, base_);
  problems_ = std::move(read.problems);
  if (!problems_.empty()) {
    touched();
    return false;
  }
  saving_ = true;
  sent_ = form_;
  error_.reset();
  just_saved_ = false;
  settings_.change_policy({read.policy, base_}, alive_.guard([this](const Result<void>& result) { saved(result); }));
  changed_.notify();
  return true;
}

void PolicyEditor::saved(const Result<void>& result) {
  saving_ = false;
  just_saved_ = result.has_value();
  if (result) {
    // What is stored may be written otherwise than what was typed: "5" is "5.00".
    base_ = settings_.settings()->till_policy;
    rebase(form_, *sent_, policy_form(base_));
  } else {
    error_ = result.error();
  }
  changed_.notify();
}

// Problems of ways of paying are told by their rows, which may be others now.
void PolicyEditor::rebase(const PolicyForm& mine, const PolicyForm& base, const PolicyForm& theirs) {
  auto form = rebased(mine, base, theirs);
  if (form.methods != form_.methods) {
    std::erase_if(problems_, [](const auto& problem) { return problem.field >= PolicyField::method_code; });
  }
  form_ = std::move(form);
}

void PolicyEditor::settings_changed() {
  if (!readable()) {  // the session has ended: no answer comes any more
    alive_.renew();
    saving_ = false;
    changed_.notify();
    return;
  }
  const auto& now = settings_.settings()->till_policy;
  rebase(form_, policy_form(base_), policy_form(now));
  base_ = now;
  if (!changed()) problems_.clear();
  changed_.notify();
}

}  // namespace lanekeeper::office

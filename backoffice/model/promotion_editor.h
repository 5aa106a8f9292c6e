// One promotion in the editor: what is typed, what is wrong with it, and putting it into the draft.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "base/time.h"
#include "model/promotion_form.h"
#include "model/promotions_model.h"

namespace lanekeeper::office {

// UI thread only.
class PromotionEditor {
 public:
  PromotionEditor(PromotionsModel& promotions, const Clock& clock) : promotions_(promotions), clock_(clock) {}

  // Whatever was being edited goes; ask dirty() before.
  void open(const std::string& id);
  void open_new();
  void close();
  [[nodiscard]] bool is_open() const { return base_.has_value(); }
  [[nodiscard]] bool is_new() const { return is_new_; }
  [[nodiscard]] bool dirty() const { return base_ && form_ != base_form_; }
  // It cannot be read here, so nothing of it can be changed.
  [[nodiscard]] bool is_opaque() const { return base_ && !is_new_ && !base_->promotion; }

  [[nodiscard]] const std::string& id() const { return base_->id; }
  [[nodiscard]] const PromotionForm& form() const { return form_; }
  // change gets the form to alter; the field's problem is shown from now on.
  void edit(PromotionField field, const std::function<void(PromotionForm&)>& change);
  void discard();
  // Into the draft of the whole set; false: something is wrong, which is shown now.
  bool keep();

  // Of fields that were touched, of all after a try to keep it.
  [[nodiscard]] const PromotionProblem* problem(PromotionField field) const;
  [[nodiscard]] bool has_problems() const { return !checked_.problems.empty(); }
  // As the form stands.
  [[nodiscard]] const Definition& definition() const { return checked_.definition; }
  // The whole set with this one in it.
  [[nodiscard]] Definitions with_this() const;

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void start(Definition base, bool is_new);
  void recheck();

  PromotionsModel& promotions_;
  const Clock& clock_;
  std::optional<Definition> base_;
  bool is_new_ = false;
  PromotionForm base_form_;
  PromotionForm form_;
  CheckedPromotion checked_;
  std::set<PromotionField> touched_;
  bool show_all_ = false;
  Signal changed_;
};

}  // namespace lanekeeper::office

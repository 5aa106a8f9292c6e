#include "model/promotion_editor.h"

namespace lanekeeper::office {

void PromotionEditor::start(Definition base, bool is_new) {
  base_ = std::move(base);
  is_new_ = is_new;
  base_form_ = base_->promotion ? form_of(*base_->promotion) : PromotionForm();
  form_ = base_form_;
  touched_.clear();
  show_all_ = false;
  recheck();
  promotions_.check_soon(promotions_.draft());
  changed_.notify();
}

void PromotionEditor::open(const std::string& id) {
  const auto* found = find_definition(promotions_.draft(), id);
  if (found == nullptr) found = find_definition(promotions_.published(), id);
  if (found != nullptr) start(*found, false);
}

void PromotionEditor::open_new() {
  start(blank_definition(fresh_id(promotions_.draft(), clock_.now())), true);
}

void PromotionEditor::close() {
  if (!base_) return;
  base_.reset();
  changed_.notify();
}

void PromotionEditor::recheck() {
  checked_ = is_opaque() ? CheckedPromotion{*base_, {}} : check(form_, *base_);
}

void PromotionEditor::edit(PromotionField field, const std::function<void(PromotionForm&)>& change) {
  if (!base_ || is_opaque()) return;
  PromotionForm altered = form_;
  change(altered);
  if (altered == form_) return;
  form_ = std::move(altered);
  touched_.insert(field);
  recheck();
  if (checked_.problems.empty()) promotions_.check_soon(with_this());
  changed_.notify();
}

void PromotionEditor::discard() {
  if (!base_) return;
  start(*base_, is_new_);
}

bool PromotionEditor::keep() {
  if (!base_) return false;
  if (!checked_.problems.empty()) {
    show_all_ = true;
    changed_.notify();
    return false;
  }
  const Definition kept = checked_.definition;
  base_ = kept;
  is_new_ = false;
  base_form_ = form_ = form_of(*kept.promotion);
  recheck();
  promotions_.put(kept);
  changed_.notify();
  return true;
}

const PromotionProblem* PromotionEditor::problem(PromotionField field) const {
  if (!show_all_ && !touched_.contains(field)) return nullptr;
  for (const auto& problem : checked_.problems) {
    if (problem.field == field) return &problem;
  }
  return nullptr;
}

Definitions PromotionEditor::with_this() const {
  Definitions all = promotions_.draft();
  if (base_ && checked_.definition.promotion) put_definition(all, checked_.definition);
  return all;
}

}  // namespace lanekeeper::office

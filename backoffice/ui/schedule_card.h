// When a promotion holds; for whom and how often; what customers read.
#pragma once

#include <array>

#include "office_ui/promotion_card.h"

namespace lanekeeper::office {

class ScheduleCard : public PromotionCard {
 public:
  ScheduleCard(wxWindow* parent, Shell& shell);

 protected:
  void show_fields() override;

 private:
  std::array<widgets::Chip*, 7> days_{};
  widgets::Chip* all_day_;
  widgets::TextField* begin_;
  widgets::TextField* end_;
  widgets::NoteBox* hours_problem_;
};

class AudienceCard : public PromotionCard {
 public:
  AudienceCard(wxWindow* parent, Shell& shell);

 protected:
  void show_fields() override;

 private:
  widgets::SelectField* audience_;
  widgets::TextField* tiers_;
  widgets::TextField* per_member_;
  widgets::TextField* priority_;
  widgets::Chip* birthday_;
  widgets::Chip* exclusive_;
};

class NamesCard : public PromotionCard {
 public:
  NamesCard(wxWindow* parent, Shell& shell);
  [[nodiscard]] widgets::TextField& name() { return *name_; }  // for tests

 private:
  widgets::TextField* name_;
};

}  // namespace lanekeeper::office

// What a promotion gives: its kind and the figures of that kind.
#pragma once

#include "office_ui/goods_picker.h"
#include "office_ui/promotion_card.h"

namespace lanekeeper::office {

class OfferCard : public PromotionCard {
 public:
  OfferCard(wxWindow* parent, Shell& shell, const PromotionWords& promotions);
  bool take_key(const wxKeyEvent& event) override;
  // For tests.
  [[nodiscard]] widgets::Chip* kind_chip(OfferKind kind);
  [[nodiscard]] widgets::TextField& count() { return *count_; }

 protected:
  void show_fields() override;

 private:
  struct KindChip {
    OfferKind kind;
    std::string_view label;
    widgets::Chip* chip;
  };
  struct StepRow {
    wxPanel* panel;
    widgets::TextField* threshold;
    widgets::TextField* off;
    widgets::SelectField* unit;
    widgets::Button* remove;
  };
  static constexpr std::size_t most_steps = 5;

  void build_kinds();
  void build_figures();
  void build_steps();
  void build_gift();
  void choose(OfferKind kind);
  [[nodiscard]] StepRow make_step(std::size_t index);
  void show_steps(bool shown);
  void show_gift(bool shown);
  void edit_step(std::size_t index, const std::function<void(SpendStepForm&)>& change);

  const PromotionWords& promotions_;
  wxPanel* kind_row_;
  std::vector<KindChip> kinds_;
  widgets::NoteBox* fixed_note_;
  widgets::TextField* count_;
  widgets::TextField* pay_;
  widgets::TextField* price_;
  widgets::TextField* amount_;
  widgets::TextField* percent_;
  wxBoxSizer* steps_sizer_;
  std::vector<StepRow> steps_;
  widgets::NoteBox* steps_problem_;
  widgets::Button* add_step_;
  widgets::TextField* gift_when_;
  widgets::SelectField* gift_unit_;
  widgets::TextField* gift_price_;
  GoodsPicker* gift_picker_;
  widgets::Label* gift_label_;
  widgets::Label* gift_item_;
  widgets::NoteBox* gift_problem_;
  widgets::Chip* every_;
  widgets::Chip* excludes_;
  bool updating_ = false;
};

}  // namespace lanekeeper::office

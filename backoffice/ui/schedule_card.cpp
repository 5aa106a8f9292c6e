#include "office_ui/schedule_card.h"

#include <fmt/format.h>

namespace lanekeeper::office {

using widgets::Chip;
using widgets::NoteBox;
using widgets::SelectField;
using widgets::theme;
using widgets::Weight;
using Field = PromotionField;

ScheduleCard::ScheduleCard(wxWindow* parent, Shell& around) : PromotionCard(parent, around, 2, "promo.card.when") {
  const wxString hint = words()("promo.field.date_hint");
  auto dates = row_of(surface(), 12);
  dates.add(add_text(Field::from, &PromotionForm::from, "promo.field.from", {}, hint), 1);
  dates.add(add_text(Field::to, &PromotionForm::to, "promo.field.to", {}, hint), 1);
  column().add(dates);
  auto days = row_of(surface(), 5);
  for (std::size_t i = 0; i < days_.size(); ++i) {
    days_[i] = new Chip(surface(), {words()(fmt::format("promo.weekday.{}", i + 1))});
    days_[i]->set_ground(theme().panel);
    days_[i]->SetName(words()(fmt::format("weekday.{}", i + 1)));
    days_[i]->Bind(wxEVT_BUTTON, [this, i](wxCommandEvent&) {
      if (editable()) editor().edit(Field::other, [i](PromotionForm& altered) { altered.days[i] = !altered.days[i]; });
    });
    days.add_centred(days_[i]);
  }
  all_day_ = add_chip(Field::hours, &PromotionForm::all_day, "promo.field.all_day");
  days.add_stretch().add_centred(all_day_);
  begin_ = add_text(Field::hours, &PromotionForm::begin, "promo.field.begin", {}, "08:00");
  end_ = add_text(Field::hours, &PromotionForm::end, "promo.field.end", {}, "20:00");
  hours_problem_ = new NoteBox(surface(), NoteBox::Kind::warning, wxString());
  hours_problem_->Hide();
  auto hours = row_of(surface(), 12);
  hours.add(begin_, 1).add(end_, 1);
  column().add(days).add(hours).add(hours_problem_);
  finish();
}

void ScheduleCard::show_fields() {
  for (std::size_t i = 0; i < days_.size(); ++i) {
    days_[i]->set({words()(fmt::format("promo.weekday.{}", i + 1)), form().days[i]});
    days_[i]->Enable(editable());
  }
  for (auto* field : {begin_, end_}) set_shown(field, !form().all_day);
  show_problem(hours_problem_, Field::hours);
}

AudienceCard::AudienceCard(wxWindow* parent, Shell& around) : PromotionCard(parent, around, 4, "promo.card.who") {
  audience_ = new SelectField(
      surface(), words()("promo.field.audience"),
      {words()("promo.audience.everyone"), words()("promo.audience.members"), words()("promo.audience.tiers")}, 0);
  audience_->set_ground(theme().panel);
  audience_->on_select([this](int index) {
    editor().edit(Field::tiers,
                  [index](PromotionForm& altered) { altered.audience = static_cast<AudienceKind>(index); });
  });
  tiers_ = add_text(Field::tiers, &PromotionForm::tiers, "promo.field.tiers");
  auto who = row_of(surface(), 12);
  who.add(audience_, 1).add(tiers_, 1);
  const wxString times = words()("promo.field.times");
  per_member_ =
      add_text(Field::max_per_member_day, &PromotionForm::max_per_member_day, "promo.field.max_per_member_day", times);
  auto limits = row_of(surface(), 12);
  limits.add(add_text(Field::max_per_basket, &PromotionForm::max_per_basket, "promo.field.max_per_basket", times), 1);
  limits.add(per_member_, 1);
  limits.add(add_text(Field::max_total, &PromotionForm::max_total, "promo.field.max_total", times), 1);
  priority_ = add_text(Field::priority, &PromotionForm::priority, "promo.field.priority");
  birthday_ = add_chip(Field::other, &PromotionForm::birthday, "promo.field.birthday");
  exclusive_ = add_chip(Field::other, &PromotionForm::exclusive, "promo.field.exclusive");
  auto chips = row_of(surface(), 8);
  chips.add_centred(birthday_).add_centred(exclusive_);
  column().add(who).add(limits).add(priority_).add(chips);
  finish();
}

void AudienceCard::show_fields() {
  const bool for_members = form().audience != AudienceKind::everyone;
  audience_->select(static_cast<int>(form().audience));
  audience_->Enable(editable());
  set_shown(tiers_, form().audience == AudienceKind::tiers);
  set_shown(per_member_, for_members);
  set_shown(birthday_, for_members);
  set_shown(priority_, is_basket_kind(form().kind));
  set_shown(exclusive_, is_basket_kind(form().kind));
}

NamesCard::NamesCard(wxWindow* parent, Shell& around) : PromotionCard(parent, around, 5, "promo.card.names") {
  name_ = add_text(Field::name, &PromotionForm::name, "promo.field.name");
  auto row = row_of(surface(), 12);
  row.add(name_, 1).add(add_text(Field::name_en, &PromotionForm::name_en, "promo.field.name_en"), 1);
  column().add(row);
  finish();
}

}  // namespace lanekeeper::office

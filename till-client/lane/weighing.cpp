#include "lane/weighing.h"

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;

constexpr Quantity max_tare = Quantity::of_units(50);

std::optional<Error> trouble_of(const ScaleReading& reading) {
  switch (reading.state) {
    case State::moving:
      return Error{"scale.moving", "The weight is not steady yet. Wait a moment.", {}};
    case State::overload:
      return Error{"scale.overload", "That is too heavy for the scale. Weigh it in parts.", {}};
    case State::under_zero:
      return Error{"scale.under_zero", "The scale is below zero. Clear the plate and set it to zero.", {}};
    case State::absent:
    case State::garbled:
      return Error{"scale.absent", "The scale does not answer. Check its cable and power.", {}};
    case State::none:
    case State::zero:
    case State::stable:
      return std::nullopt;
  }
  return std::nullopt;
}

bool is_of_the_scale(const std::optional<Error>& message) {
  return message && message->code.starts_with("scale.");
}

}  // namespace

ScaleReading Weighing::reading() const {
  return scale_ == nullptr ? ScaleReading{} : scale_->reading();
}

Result<void> Weighing::set_tare(Quantity tare) {
  if (tare < Quantity() || tare > max_tare) {
    return fail("register.bad_tare", "A tare is between 0 and 50 kg.", {{"most", max_tare.to_string()}});
  }
  tare_ = tare;
  return {};
}

// A scale refuses by itself what lies outside its range of zero; it tells nobody.
Result<void> Weighing::set_to_zero() {
  const auto state = reading().state;
  if (state == State::none) return fail("scale.none", "No scale is set up at this till.");
  if (state == State::absent || state == State::garbled) return fail(*trouble_of({State::absent, {}}));
  if (!scale_->can_zero()) {
    return fail("scale.cannot_zero", "This scale takes no such order. Press the zero key on the scale itself.");
  }
  if (state == State::moving) return fail(*trouble_of({State::moving, {}}));
  scale_->zero();
  return {};
}

bool Weighing::wanted() const {
  return lane_.view()->waiting_for_weight.has_value();
}

void Weighing::watch(bool wanted) {
  const bool ends = watched_ && !wanted;
  watched_ = wanted;
  if (scale_ != nullptr) scale_->set_live(waiting_ != 0 || watched_);
  if (ends) go_on();
}

void Weighing::lock(bool locked) {
  const bool ends = locked_ && !locked;
  locked_ = locked;
  if (ends) go_on();
}

// No command was given: whoever shows the basket has to be told.
void Weighing::go_on() {
  if (scale_ == nullptr || !takes() || !wanted()) return;
  (void)take(scale_->reading());
  lane_.changed();
}

bool Weighing::look() {
  if (scale_ == nullptr || taking_) return false;
  const auto view = lane_.view();
  const catalogue::ItemId item = view->waiting_for_weight ? view->waiting_for_weight->id : 0;
  if (item == waiting_) return false;
  waiting_ = item;
  scale_->set_live(item != 0 || watched_);
  return item != 0 && takes() && take(scale_->reading());
}

void Weighing::changed(const ScaleReading& reading) {
  const bool steady = reading.state == State::stable;
  if (!steady && reading.state != State::absent && reading.state != State::garbled) plate_changed_ = true;
  if (takes() && wanted()) (void)take(reading);
}

bool Weighing::take(const ScaleReading& reading) {
  if (reading.state != State::stable || reading.gross <= Quantity()) {
    say(reading);
    return false;
  }
  if (!plate_changed_ && reading.gross == last_taken_) {
    lane_.show({"scale.same_weight",
                "The same goods still lie on the scale. Take them off, then put the next ones on.",
                {{"weight", reading.gross.to_fixed_string()}}});
    return false;
  }
  Weigh weigh;
  weigh.weight = reading.gross;
  weigh.source = sale::WeightSource::scale;
  if (tare_ > Quantity()) weigh.tare = tare_;
  taking_ = true;
  const auto weighed = lane_.run(weigh);
  taking_ = false;
  if (!weighed) return false;
  last_taken_ = reading.gross;
  plate_changed_ = false;
  tare_ = {};
  (void)look();  // the scale may rest again
  return true;
}

void Weighing::say(const ScaleReading& reading) {
  const auto view = lane_.view();
  if (auto trouble = trouble_of(reading)) {
    if (!view->message || view->message->code != trouble->code) lane_.show(*trouble);
    return;
  }
  if (!is_of_the_scale(view->message) || !view->waiting_for_weight) return;
  const auto& item = *view->waiting_for_weight;
  lane_.show({"register.weight_needed",
              "This item is sold by weight. Put it on the scale.",
              {{"name", item.name}, {"name_en", item.name_en}}});
}

}  // namespace lanekeeper::till

#include "till_ui/scale_desk.h"

#include "register/entry_text.h"

namespace lanekeeper::till::ui {

ScaleWords scale_words(const ScaleReading& reading) {
  using State = ScaleReading::State;
  switch (reading.state) {
    case State::none:
      return {{}, "till.scale.none", false};
    case State::absent:
      return {{}, "till.scale.absent", false};
    case State::garbled:
      return {{}, "till.scale.garbled", false};
    case State::zero:
      return {"0.000 kg", "till.scale.zero", true};
    case State::moving:
      return {reading.gross.to_fixed_string() + " kg", "till.scale.moving", false};
    case State::stable:
      return {reading.gross.to_fixed_string() + " kg", "till.scale.stable", true};
    case State::under_zero:
      return {{}, "till.scale.under_zero", false};
    case State::overload:
      return {{}, "till.scale.overload", false};
  }
  return {};
}

void ScaleDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  open_ = true;
}

void ScaleDesk::close() {
  open_ = false;
  hand_.set_typed({});
}

void ScaleDesk::set_tare(Quantity tare) {
  const auto result = hand_.attempt([&] { return hand_.lane().set_tare(tare); });
  if (!result) return hand_.complain(result.error());
  hand_.quiet();
  hand_.sound(Sound::ok);
}

void ScaleDesk::set_to_zero() {
  const auto result = hand_.attempt([&] { return hand_.lane().set_scale_to_zero(); });
  if (!result) return hand_.complain(result.error());
  hand_.sound(Sound::ok);
}

void ScaleDesk::enter(const std::string& text) {
  if (text.empty()) return close();
  const auto weight = parse_weight(text);
  if (!weight) return hand_.complain(weight.error());
  set_tare(*weight);
}

bool ScaleDesk::act(Action action) {
  switch (action) {
    case Action::tare_plate: {
      const ScaleReading reading = hand_.lane().weight();
      if (reading.state != ScaleReading::State::stable) {
        hand_.sound(Sound::attention);
      } else {
        set_tare(reading.gross);
      }
      return true;
    }
    case Action::no_tare:
      set_tare({});
      return true;
    case Action::zero_scale:
      set_to_zero();
      return true;
    default:
      return false;
  }
}

PanelModel ScaleDesk::panel() const {
  const ScaleWords words = scale_words(hand_.lane().weight());
  PanelModel model;
  model.sign = NoticeSign::scale;
  model.title = {"till.scale.title"};
  model.hint = {words.state};
  model.figures = {{{"till.scale.gross"},
                    {},
                    words.weight.empty() ? "\xE2\x80\x94" : words.weight,
                    words.settled ? PanelFigure::Look::strong : PanelFigure::Look::plain},
                   {{"till.scale.tare"}, {}, hand_.lane().tare().to_fixed_string() + " kg"}};
  model.name = {"till.scale.name"};
  model.note = {"till.scale.note"};
  model.pad = PanelModel::Pad::amount;
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::zero_scale, "till.action.zero_scale", "F7"},
                {Action::no_tare, "till.action.no_tare", "Del"},
                {Action::tare_plate, "till.action.tare_plate", "F8"},
                {Action::confirm, "till.scale.set", "Enter", PanelKey::Look::primary}};
  return model;
}

EntryModel ScaleDesk::entry() const {
  return {EntryModel::Kind::amount, "till.scale.entry", "till.scale.entry_hint", false};
}

}  // namespace lanekeeper::till::ui

#include "till_ui/status_view.h"

#include "till_ui/shift_words.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Icon;
using widgets::StateBand;
using widgets::StatusBar;
using widgets::to_wx;

namespace {

StatusBar::Item server_item(const Scene& scene) {
  const LinkStatus& link = scene.desk.lane().link();
  StatusBar::Item item;
  item.icon = Icon::link;
  item.may_shrink = true;
  switch (link.state) {
    case LinkStatus::State::online:
      item.text = scene.text("till.status.server_ok");
      break;
    case LinkStatus::State::connecting:
      item.text = scene.text("till.status.server_connecting");
      break;
    case LinkStatus::State::unpaired:
      item.text = scene.text("till.status.server_looking");
      break;
    case LinkStatus::State::pairing:
      item.text = scene.text("till.status.server_found", {{"server", link.server}});
      break;
    case LinkStatus::State::offline: {
      const auto minutes = link.since ? minutes_between(*link.since, scene.desk.lane().now()) : 0;
      item.icon = Icon::unlink;
      item.text = scene.text("till.status.server_lost", {{"minutes", std::to_string(minutes)}});
      item.tone = StatusBar::Tone::warning;
      item.may_shrink = false;
      break;
    }
    case LinkStatus::State::revoked:
      item.icon = Icon::stop_sign;
      item.text = scene.text("till.status.revoked");
      item.tone = StatusBar::Tone::stop;
      item.may_shrink = false;
      break;
  }
  return item;
}

std::optional<StatusBar::Item> printer_item(const Scene& scene) {
  StatusBar::Item item;
  item.icon = Icon::printer;
  item.may_shrink = true;
  std::string_view key;
  switch (scene.desk.lane().printer_state()) {
    case DeviceState::none:
      return std::nullopt;
    case DeviceState::ok:
      item.text = scene.text("till.status.printer_ok");
      return item;
    case DeviceState::absent:
      key = "till.status.printer_absent";
      break;
    case DeviceState::paper_out:
      key = "till.status.printer_paper";
      break;
    case DeviceState::cover_open:
      key = "till.status.printer_cover";
      break;
    case DeviceState::error:
      key = "till.status.printer_error";
      break;
    case DeviceState::paper_low:
      key = "till.status.printer_paper_low";
      break;
    case DeviceState::offline:
      key = "till.status.printer_offline";
      break;
  }
  item.text = scene.text(key);
  item.tone = StatusBar::Tone::warning;
  item.may_shrink = false;
  return item;
}

void add_where(const Scene& scene, StatusBar::Content& content) {
  const auto& profile = scene.desk.lane().profile();
  const RegisterView& view = scene.desk.view();
  const Screen screen = scene.desk.screen();
  if (screen == Screen::pairing || screen == Screen::sign_in || screen == Screen::devices) {
    content.left.push_back({{}, scene.text("till.product")});
    content.left.push_back({{}, {}, scene.text("till.version", {{"version", LANEKEEPER_VERSION}})});
    if (screen == Screen::pairing) {
      content.left.push_back({Icon::alert, {}, scene.text("till.status.unpaired"), StatusBar::Tone::warning});
    }
    if (scene.desk.locked()) {
      content.left.push_back({Icon::lock, {}, scene.text("till.status.locked"), StatusBar::Tone::warning});
    }
    return;
  }
  if (profile) {
    const bool english = scene.english() && !profile->name_en.empty();
    content.left.push_back({{}, to_wx(english ? profile->name_en : profile->name)});
  }
  content.left.push_back({{}, scene.text("till.status.till", {{"number", std::to_string(scene.desk.lane().till())}})});
  if (view.cashier) {
    content.left.push_back({Icon::user, to_wx(view.cashier->name), to_wx(view.cashier->number)});
  }
  if (view.shift) content.left.push_back({{}, {}, shift_text(scene, *view.shift)});
}

std::optional<StatusBar::Item> scale_item(const Scene& scene) {
  const ScaleReading reading = scene.desk.lane().weight();
  using State = ScaleReading::State;
  if (reading.state == State::none) return std::nullopt;
  StatusBar::Item item;
  item.icon = Icon::scale;
  const bool broken = reading.state == State::absent || reading.state == State::garbled;
  item.text = scene.text(broken ? "till.status.scale_absent" : "till.status.scale_ok");
  if (broken) item.tone = StatusBar::Tone::warning;
  item.may_shrink = !broken;
  return item;
}

std::optional<StatusBar::Item> drawer_item(const Scene& scene) {
  if (scene.desk.lane().drawer_position() != CashDrawer::Position::open) return std::nullopt;
  if (scene.desk.lane().drawer_left_open()) {
    return StatusBar::Item{Icon::cash, {}, scene.text("till.status.drawer_left_open"), StatusBar::Tone::stop, false};
  }
  return StatusBar::Item{Icon::cash, {}, scene.text("till.status.drawer_open"), StatusBar::Tone::warning, false};
}

std::optional<StatusBar::Item> clock_item(const Scene& scene) {
  const std::int64_t ahead_s = scene.desk.lane().link().clock_ahead_s;
  if (ahead_s == 0) return std::nullopt;
  return StatusBar::Item{Icon::alert, {}, scene.text("till.status.clock_off"), StatusBar::Tone::warning, false};
}

// Other tills ask to be allowed something: a quiet word, answered from "more".
std::optional<StatusBar::Item> requests_item(const Scene& scene) {
  const auto waiting = scene.desk.requests().waiting();
  if (waiting == 0 || scene.desk.screen() == Screen::pairing) return std::nullopt;
  return StatusBar::Item{Icon::lock,
                         {},
                         scene.text("till.status.requests", {{"count", std::to_string(waiting)}}),
                         StatusBar::Tone::warning,
                         false};
}

StateBand::Content offline_band(const Scene& scene) {
  const LinkStatus& link = scene.desk.lane().link();
  const auto outbox = scene.desk.lane().outbox();
  StateBand::Content band;
  band.kind = StateBand::Kind::offline;
  band.icon = Icon::unlink;
  band.title = scene.text("till.offline.title");
  const ZonedTime now = scene.desk.lane().now();
  const ZonedTime since = link.since.value_or(now);
  band.note = scene.text(
      scene.metrics.narrow ? "till.offline.note_short" : "till.offline.note",
      {{"since", widgets::to_utf8(time_text(since))}, {"minutes", std::to_string(minutes_between(since, now))}});
  band.figures_icon = Icon::upload;
  band.figures = {{scene.text("till.offline.unsent"),
                   scene.text("till.offline.unsent_count", {{"count", std::to_string(outbox.unsent)}})},
                  {scene.text("till.offline.sum"), to_wx(widgets::grouped_amount_text(outbox.unsent_amount))}};
  return band;
}

// Money goes out: nobody may overlook it, so it goes before all other bands; the status bar says what they would.
StateBand::Content return_band(const Scene& scene, const ViewReturn& sale) {
  StateBand::Content band;
  band.kind = StateBand::Kind::returning;
  band.icon = Icon::return_arrow;
  const std::string stem = scene.desk.is_void() ? "till.void.band" : "till.returns.title";
  const std::string note = scene.desk.is_void() ? "till.void.band_note" : "till.returns.note";
  band.title = scene.text(stem);
  band.note = scene.text(scene.metrics.narrow ? note + "_short" : note);
  Money paid;
  for (const auto& line : sale.lines) paid += line.net;
  band.figures = {{scene.text("till.returns.receipt"), receipt_text(scene, sale.till, sale.receipt_number)},
                  {scene.text("till.returns.date"), to_wx(sale.business_date.to_string())},
                  {scene.text("till.returns.goods"), to_wx(widgets::grouped_amount_text(paid))}};
  if (scene.metrics.narrow) band.figures.pop_back();
  return band;
}

StateBand::Content exchange_band(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  StateBand::Content band;
  band.kind = StateBand::Kind::returning;
  band.icon = Icon::return_arrow;
  const bool selling = view.selling_in_return;
  band.title = scene.text(selling ? "till.exchange.title" : "till.blind.band");
  band.note = scene.text(selling ? "till.exchange.note" : "till.blind.band_note");
  return band;
}

}  // namespace

std::optional<StateBand::Content> training_band(const Scene& scene) {
  if (!scene.desk.training()) return std::nullopt;
  StateBand::Content band;
  band.kind = StateBand::Kind::training;
  band.icon = Icon::user;
  band.title = scene.text("till.training.title");
  band.note = scene.text(scene.desk.screen() == Screen::sign_in ? "till.training.note_sign_in" : "till.training.note");
  band.tag = scene.text("till.training.tag");
  return band;
}

StatusBar::Content status_content(const Scene& scene) {
  StatusBar::Content content;
  add_where(scene, content);
  const auto outbox = scene.desk.lane().outbox();
  if (outbox.parked > 0) {
    content.right.push_back({Icon::alert,
                             {},
                             scene.text("till.status.parked", {{"count", std::to_string(outbox.parked)}}),
                             StatusBar::Tone::warning});
  }
  if (auto requests = requests_item(scene)) content.right.push_back(std::move(*requests));
  if (auto clock = clock_item(scene)) content.right.push_back(std::move(*clock));
  if (auto drawer = drawer_item(scene)) content.right.push_back(std::move(*drawer));
  content.right.push_back(server_item(scene));
  if (scene.desk.screen() != Screen::pairing) {
    if (auto printer = printer_item(scene)) content.right.push_back(std::move(*printer));
    if (auto scale = scale_item(scene)) content.right.push_back(std::move(*scale));
  }
  const ZonedTime now = scene.desk.lane().now();
  content.date = date_text(scene, now);
  content.time = time_text(now);
  return content;
}

std::optional<StateBand::Content> band_content(const Scene& scene) {
  const LinkStatus& link = scene.desk.lane().link();
  if (scene.desk.screen() == Screen::pairing && link.state != LinkStatus::State::revoked) return std::nullopt;
  if (link.state == LinkStatus::State::revoked) {
    StateBand::Content band;
    band.kind = StateBand::Kind::stop;
    band.icon = Icon::stop_sign;
    band.title = scene.text("till.revoked.title");
    band.note = scene.text("till.revoked.note");
    return band;
  }
  const RegisterView& view = scene.desk.view();
  if ((view.blind_return || view.selling_in_return) && scene.desk.screen() != Screen::sign_in) {
    return exchange_band(scene);
  }
  if (view.returning && scene.desk.screen() != Screen::sign_in) {
    return return_band(scene, *scene.desk.view().returning);
  }
  if (link.state == LinkStatus::State::offline) return offline_band(scene);
  if (link.catalogue_done > 0) {
    StateBand::Content band;
    band.kind = StateBand::Kind::notice;
    band.icon = Icon::download;
    band.title = scene.text("till.loading.title");
    band.note = scene.text("till.loading.note", {{"count", widgets::grouped_count_text(link.catalogue_done)}});
    return band;
  }
  if (scene.desk.backlog() > 0) {
    const auto unsent = scene.desk.lane().outbox().unsent;
    StateBand::Content band;
    band.kind = StateBand::Kind::sending;
    band.icon = Icon::upload;
    band.title = scene.text("till.sending.title");
    band.note = scene.text("till.sending.note", {{"count", std::to_string(unsent)}});
    const auto all = std::max(scene.desk.backlog(), unsent);
    band.progress = static_cast<double>(all - unsent) / static_cast<double>(all);
    return band;
  }
  return std::nullopt;
}

}  // namespace lanekeeper::till::ui

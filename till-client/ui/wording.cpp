#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::amount_text;
using widgets::to_wx;

namespace {

std::string two_digits(int value) {
  return fmt::format("{:02}", value);
}

}  // namespace

widgets::Icon icon_of(NoticeSign sign) {
  using widgets::Icon;
  switch (sign) {
    case NoticeSign::alert:
      return Icon::alert;
    case NoticeSign::stop:
      return Icon::stop_sign;
    case NoticeSign::badge:
      return Icon::badge;
    case NoticeSign::scale:
      return Icon::scale;
    case NoticeSign::printer:
      return Icon::printer;
    case NoticeSign::info:
      return Icon::info;
    case NoticeSign::layers:
      return Icon::layers;
    case NoticeSign::lock:
      return Icon::lock;
    case NoticeSign::tag:
      return Icon::tag;
    case NoticeSign::search:
      return Icon::search;
    case NoticeSign::check:
      return Icon::check;
  }
  return Icon::alert;
}

wxString date_text(const Scene& scene, const ZonedTime& time) {
  const Date date = time.local_date();
  return scene.text("till.date", {{"month", two_digits(date.month)},
                                  {"day", two_digits(date.day)},
                                  {"plain_day", std::to_string(date.day)},
                                  {"month_name", scene.texts.text("till.month." + std::to_string(date.month))},
                                  {"weekday", scene.texts.text("till.weekday." + std::to_string(date.iso_weekday()))}});
}

wxString time_text(const ZonedTime& time) {
  return to_wx(time.local_time_hms().substr(0, 5));
}

std::int64_t minutes_between(const ZonedTime& from, const ZonedTime& to) {
  return std::max<std::int64_t>(0, (to.instant.unix_ms - from.instant.unix_ms) / 60'000);
}

wxString duration_text(std::int64_t seconds) {
  seconds = std::max<std::int64_t>(0, seconds);
  return to_wx(fmt::format("{}:{:02}", seconds / 60, seconds % 60));
}

wxString quantity_text(const Scene&, const ViewLine& line) {
  const bool by_weight = line.unit == catalogue::UnitOfMeasure::kilogram;
  return to_wx(by_weight ? widgets::weight_text(line.quantity) : widgets::pieces_text(line.quantity));
}

wxString detail_text(const Scene& scene, const ViewLine& line) {
  const bool by_weight = line.unit == catalogue::UnitOfMeasure::kilogram;
  return scene.text(
      by_weight ? "till.line.detail_kg" : "till.line.detail",
      {{"quantity", by_weight ? widgets::weight_text(line.quantity) : widgets::pieces_text(line.quantity)},
       {"price", amount_text(line.unit_price)}});
}

namespace {

// The name in the language of the screen; empty when the definition has none.
wxString own_name(const Scene& scene, const std::string& name, const std::string& name_en) {
  return to_wx(scene.english() && !name_en.empty() ? name_en : name);
}

wxString kind_text(const Scene& scene, std::string_view layer, const std::string& kind, std::int64_t count) {
  for (const auto& key : {"till.saving." + std::string(layer), "till.saving." + kind}) {
    if (scene.texts.has(key)) return scene.text(key, {{"count", std::to_string(count)}});
  }
  return scene.text("till.saving.other");
}

}  // namespace

wxString saving_name(const Scene& scene, const ViewSaving& saving) {
  const wxString name = own_name(scene, saving.name, saving.name_en);
  return name.empty() ? kind_text(scene, saving.layer, saving.kind, saving.count) : name;
}

wxString coupon_name(const Scene& scene, const ViewCoupon& coupon) {
  const wxString name = own_name(scene, coupon.name, coupon.name_en);
  return name.empty() ? scene.text("till.saving.coupon") : name;
}

wxString near_miss_text(const Scene& scene, const ViewNearMiss& miss) {
  wxString name = own_name(scene, miss.name, miss.name_en);
  if (name.empty()) name = kind_text(scene, {}, miss.kind, 0);
  const std::string offer = widgets::to_utf8(name);
  if (miss.missing_pieces > 0) {
    return scene.text("till.near.pieces", {{"count", std::to_string(miss.missing_pieces)}, {"offer", offer}});
  }
  return scene.text("till.near.amount", {{"amount", amount_text(miss.missing_amount)}, {"offer", offer}});
}

wxString tier_name(const Scene& scene, const std::string& tier) {
  const std::string key = "till.tier." + tier;
  return scene.texts.has(key) ? scene.text(key) : to_wx(tier);
}

wxString receipt_text(const Scene& scene, std::int64_t till, std::int64_t number) {
  return scene.text("till.receipt", {{"till", std::to_string(till)}, {"number", std::to_string(number)}});
}

wxString price_text(const std::optional<Money>& price) {
  return price ? to_wx(amount_text(*price)) : wxString::FromUTF8("\xE2\x80\x94");
}

namespace {

// Offers on the goods stand beside their name; what was taken off the whole basket is only said, not explained.
void add_savings(const Scene& scene, const ViewLine& line, bool saving_in_note, widgets::LineRow& row) {
  using widgets::TagKind;
  Money shared;
  for (const ViewSaving& saving : line.savings) {
    if (saving.layer == "basket" || saving.layer == "coupon") {
      shared += saving.amount;
    } else {
      row.tags.push_back({saving_name(scene, saving), saving.layer == "manual" ? TagKind::attention : TagKind::accent});
    }
  }
  if (line.saving.is_zero()) return;
  if (saving_in_note) {
    row.note = scene.text("till.line.saved", {{"amount", amount_text(line.saving)}});
  } else if (!shared.is_zero()) {
    row.note = scene.text("till.line.shared", {{"amount", amount_text(shared)}});
  }
}

}  // namespace

widgets::LineRow line_row(const Scene& scene, const ViewLine& line, int number, bool saving_in_note) {
  using widgets::TagKind;
  widgets::LineRow row;
  row.key = line.line;
  row.number = wxString::Format("%d", number);
  row.name = scene.name_of(line);
  const ApprovalDesk& approval = scene.desk.approval();
  if (approval.open() && approval.line() == line.line) {
    row.tags.push_back({scene.text("till.tag.waiting"), TagKind::amber_filled});
  }
  row.quantity = quantity_text(scene, line);
  row.price = to_wx(amount_text(line.unit_price));
  row.amount = to_wx(amount_text(line.voided ? line.gross : line.net));
  if (!line.saving.is_zero() && !saving_in_note) row.saving = to_wx(amount_text(-line.saving));
  if (line.voided) {
    row.tags.push_back({scene.text("till.tag.voided"), TagKind::stop});
  } else if (line.price_overridden) {
    row.tags.push_back({scene.text("till.tag.price_changed"), TagKind::attention});
  }
  switch (line.weight_source) {
    case sale::WeightSource::none:
      break;
    case sale::WeightSource::manual:
      row.tags.push_back({scene.text("till.tag.weight_typed"), TagKind::attention});
      break;
    case sale::WeightSource::label:
      row.tags.push_back({scene.text("till.tag.label"), TagKind::neutral});
      break;
    case sale::WeightSource::scale:
      row.tags.push_back({scene.text("till.tag.weighed"), TagKind::neutral});
      break;
  }
  if (line.unit == catalogue::UnitOfMeasure::kilogram) {
    row.note = to_wx(widgets::weight_text(line.quantity) + " \xC3\x97 " + amount_text(line.unit_price));
  }
  const bool pledge = line.deposit && line.returned_line == 0;
  if (!line.voided && line.returns) {
    row.tags.push_back({scene.text(pledge ? "till.tag.deposit_back" : "till.tag.returned"), TagKind::red_filled});
  } else if (!line.voided && line.deposit) {
    row.tags.push_back({scene.text("till.tag.deposit"), TagKind::neutral});
  }
  if (!line.voided) add_savings(scene, line, saving_in_note, row);
  if (!line.note.empty()) row.note = row.note.empty() ? to_wx(line.note) : row.note + "  " + to_wx(line.note);
  return row;
}

widgets::ResultList::Row result_row(const Scene& scene, const catalogue::ItemSummary& item, const wxString& cap) {
  widgets::ResultList::Row row;
  row.cap = cap;
  row.name = scene.name_of(item);
  row.note = to_wx(item.code.empty() || item.code == item.number ? item.number : item.code + "   " + item.number);
  row.price = price_text(item.price);
  if (item.unit == catalogue::UnitOfMeasure::kilogram) row.unit = "/kg";
  return row;
}

widgets::MessagePanel::Content message_content(const Scene& scene, const Notice& notice) {
  using widgets::MessagePanel;
  MessagePanel::Content content;
  content.kind = notice.kind == NoticeKind::stop        ? MessagePanel::Kind::stop
                 : notice.kind == NoticeKind::attention ? MessagePanel::Kind::attention
                                                        : MessagePanel::Kind::notice;
  content.icon = icon_of(notice.sign);
  content.caption = scene.text(notice.caption);
  content.title = scene.say(notice.title);
  content.note = scene.say(notice.note);
  if (!notice.figure_text.empty()) content.figure = to_wx(notice.figure_text);
  if (notice.figure) content.figure = to_wx(amount_text(*notice.figure));
  content.compact = scene.metrics.narrow;
  for (std::size_t i = 0; i < notice.keys.size(); ++i) {
    const NoticeKey& key = notice.keys[i];
    std::string cap = key.action == Action::cancel ? "Esc" : key.action == Action::confirm ? "Enter" : "";
    std::string label = key.label;
    if (cap.empty()) {
      const ActionRow& row = row_of(key.place, key.action);
      cap = row.cap;
      if (label.empty()) label = row.label;
    }
    content.keys.push_back({static_cast<int>(i), to_wx(cap), scene.text(label), key.danger, key.primary});
  }
  return content;
}

widgets::EntryBar::Content part_entry(const Scene& scene) {
  widgets::EntryBar::Content content;
  const DeskPart* part = scene.desk.part();
  if (part == nullptr) return content;
  const EntryModel entry = part->entry();
  content.text_px = scene.metrics.narrow ? 16 : 18;
  content.attention = entry.attention;
  if (!entry.label.empty()) content.label = scene.text(entry.label);
  if (!entry.placeholder.empty()) content.placeholder = scene.text(entry.placeholder);
  content.key_label = scene.text("till.key.enter");
  const bool shown_in_panel = part->panel().credentials || part->panel().field;
  if (!shown_in_panel && entry.kind != EntryModel::Kind::secret) content.text = to_wx(scene.desk.text());
  if (part->holds()) {
    content.key_label = "Esc";
    content.side_text = scene.text("till.entry.queued", {{"count", std::to_string(scene.desk.queued_scans())}});
  } else if (scene.desk.queued_scans() > 0) {
    content.side_text = scene.text("till.entry.queued", {{"count", std::to_string(scene.desk.queued_scans())}});
  }
  return content;
}

widgets::TouchKey::Content key_content(const Scene& scene, const ActionRow& row) {
  widgets::TouchKey::Content content;
  content.label = scene.text(row.label);
  content.cap = to_wx(row.cap);
  const auto reason = scene.desk.hindrance(row);
  content.available = reason.empty();
  // A line or a basket is missing most of the time, a basket stands in the way of returns: that needs no words.
  const bool obvious = row.needs != Needs::later_issue && row.needs != Needs::scale && row.needs != Needs::server;
  if (!reason.empty() && !obvious) content.note = scene.text(reason);
  content.note_px = 13;
  return content;
}

}  // namespace lanekeeper::till::ui

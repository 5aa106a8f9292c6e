#include "office_ui/words.h"

#include <fmt/format.h>

namespace lanekeeper::office {

using widgets::to_wx;

wxString Words::operator()(std::string_view key, const i18n::Texts::Parameters& parameters) const {
  return to_wx(texts_.text("backoffice." + std::string(key), parameters));
}

wxString Words::error(const Error& error) const {
  return to_wx(texts_.text(error));
}

wxString Words::exception(const std::string& code) const {
  const std::string key = "exception." + code;
  return texts_.has("backoffice." + key) ? (*this)(key) : (*this)("exception.other");
}

wxString Words::signed_sum(Money amount) const {
  return amount > Money() ? "+" + sum(amount) : sum(amount);
}

wxString Words::percent(Rate rate) const {
  const std::int64_t tenths = divide(rate.per_10k(), 10, Rounding::half_up);
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return to_wx(fmt::format("{}{}.{}%", tenths < 0 ? "\xE2\x88\x92" : "", size / 10, size % 10));
}

wxString Words::quantity(Quantity quantity, bool weighed) const {
  return to_wx(weighed ? widgets::weight_text(quantity) : widgets::pieces_text(quantity));
}

wxString Words::date(Date date) const {
  return (*this)("date", {{"month", fmt::format("{:02}", date.month)},
                          {"month_name", texts_.text(fmt::format("backoffice.month.{}", date.month))},
                          {"day", fmt::format("{:02}", date.day)},
                          {"weekday", texts_.text(fmt::format("backoffice.weekday.{}", date.iso_weekday()))}});
}

wxString Words::time(const ZonedTime& time) const {
  return to_wx(time.local_time_hms().substr(0, 5));
}

wxString Words::moment(const ZonedTime& time, const ZonedTime& now) const {
  const Date day = time.local_date();
  if (day == now.local_date()) return this->time(time);
  return to_wx(fmt::format("{:02}-{:02} {}", day.month, day.day, time.local_time_hms().substr(0, 5)));
}

wxString Words::ago(Instant then, Instant now) const {
  const std::int64_t seconds = std::max<std::int64_t>(0, (now.unix_ms - then.unix_ms) / 1000);
  if (seconds < 60) return (*this)("ago.now");
  if (seconds < 3600) return (*this)("ago.minutes", {{"count", std::to_string(seconds / 60)}});
  if (seconds < 48 * 3600) return (*this)("ago.hours", {{"count", std::to_string(seconds / 3600)}});
  return (*this)("ago.days", {{"count", std::to_string(seconds / 86400)}});
}

wxString Words::role(access::Role role) const {
  return to_wx(texts_.text("backoffice.role." + json::to_value(role).get<std::string>()));
}

wxString Words::name_of(const catalogue::Category& category) const {
  const bool english = language() == i18n::Language::en && !category.name_en.empty();
  return to_wx(english ? category.name_en : category.name);
}

wxString Words::name_of(const catalogue::Item& item) const {
  const bool english = language() == i18n::Language::en && !item.name_en.empty();
  return to_wx(english ? item.name_en : item.name);
}

}  // namespace lanekeeper::office

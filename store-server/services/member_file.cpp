#include "services/member_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "access/member_keys.h"
#include "base/text.h"
#include "base/time.h"
#include "importing/csv_reader.h"
#include "importing/text_encoding.h"
#include "services/member_service.h"

namespace lanekeeper::services {

namespace {

enum class Column { number, phone, name, tier, birthday, consent, stopped };
constexpr std::size_t column_count = 7;
constexpr std::size_t max_code = 40;
constexpr std::size_t max_name = 120;
constexpr std::size_t shortest_phone = 5;
constexpr std::size_t longest_phone = 15;  // ITU-T E.164
constexpr int leap_year = 2024;

using Positions = std::array<std::optional<std::size_t>, column_count>;

std::optional<Column> column_of(std::string_view heading) {
  static const std::map<std::string, Column, std::less<>> known = {
      {"卡号", Column::number},      {"会员卡号", Column::number}, {"number", Column::number},
      {"手机", Column::phone},       {"手机号", Column::phone},    {"phone", Column::phone},
      {"姓名", Column::name},        {"name", Column::name},       {"等级", Column::tier},
      {"tier", Column::tier},        {"生日", Column::birthday},   {"birthday", Column::birthday},
      {"同意联系", Column::consent}, {"consent", Column::consent}, {"停用", Column::stopped},
      {"inactive", Column::stopped}};
  const auto found = known.find(to_lower_ascii(trim(importing::plain_forms(heading))));
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

std::string cell_of(const importing::Row& row, const Positions& positions, Column column) {
  const auto at = positions[static_cast<std::size_t>(column)];
  if (!at || *at >= row.cells.size()) return {};
  return std::string(trim(row.cells[*at].text));
}

bool is_yes(const std::string& text) {
  const auto plain = to_lower_ascii(text);
  return plain == "是" || plain == "yes" || plain == "y" || plain == "1" || plain == "true";
}

// "02-29", "2-9", "1990-02-28", "19900228", "2月28日" without blanks; "" stays "". nullopt: not a day.
std::optional<std::string> birthday_of(const std::string& text) {
  if (text.empty()) return std::string();
  std::vector<std::string> parts(1);
  for (const char32_t c : to_utf32(importing::plain_forms(text))) {
    if (c >= U'0' && c <= U'9') {
      parts.back() += static_cast<char>(c);
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  if (parts.size() == 1 && parts[0].size() == 8) parts = {parts[0].substr(4, 2), parts[0].substr(6, 2)};
  if (parts.size() == 3 && parts[0].size() == 4) parts.erase(parts.begin());
  if (parts.size() != 2 || parts[0].size() > 2 || parts[1].size() > 2) return std::nullopt;
  const auto day = fmt::format("{:0>2}-{:0>2}", parts[0], parts[1]);
  if (!Date::parse(fmt::format("{}-{}", leap_year, day))) return std::nullopt;
  return day;
}

bool is_card_number(const std::string& number) {
  return !number.empty() && number.size() <= max_code &&
         std::all_of(number.begin(), number.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

tl::unexpected<Error> refuse(std::int64_t line, std::string code, const std::string& what, std::string value = {}) {
  return fail(std::move(code), fmt::format("Line {}: {}", line, what),
              {{"line", std::to_string(line)}, {"value", sanitize_utf8(value)}});
}

Result<MemberLine> read_row(const importing::Row& row, const Positions& positions) {
  MemberLine out;
  out.line = row.line;
  auto& member = out.member;
  member.number = access::normal_member_code(cell_of(row, positions, Column::number));
  if (!is_card_number(member.number)) {
    return refuse(row.line, "member.bad_number", "a card number is 1 to 40 letters and digits. Correct it.",
                  member.number);
  }
  member.phone = access::normal_member_code(cell_of(row, positions, Column::phone));
  const bool phone_length = member.phone.size() >= shortest_phone && member.phone.size() <= longest_phone;
  if (!member.phone.empty() && (!is_ascii_digits(member.phone) || !phone_length)) {
    return refuse(row.line, "member.bad_phone", "this is no telephone number. Correct it or leave it out.",
                  member.phone);
  }
  member.name = cell_of(row, positions, Column::name);
  if (member.name.empty() || to_utf32(member.name).size() > max_name || !is_valid_utf8(member.name)) {
    return refuse(row.line, "member.no_name", "the name is missing or too long. Correct it.", member.name);
  }
  member.tier = cell_of(row, positions, Column::tier);
  const bool plain = std::all_of(member.tier.begin(), member.tier.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (!plain || member.tier.size() > max_code) {
    return refuse(row.line, "member.bad_tier",
                  "a tier is a code of letters and digits, as promotions name it. Correct it.", member.tier);
  }
  const auto birthday = cell_of(row, positions, Column::birthday);
  const auto day = birthday_of(birthday);
  if (!day) {
    return refuse(row.line, "member.bad_birthday", "a birthday is written like 02-28. Correct it or leave it out.",
                  birthday);
  }
  member.birthday = *day;
  member.consent = is_yes(cell_of(row, positions, Column::consent));
  member.active = !is_yes(cell_of(row, positions, Column::stopped));
  return out;
}

std::optional<Positions> positions_in(const importing::Row& heading) {
  Positions positions;
  for (std::size_t i = 0; i < heading.cells.size(); ++i) {
    if (const auto column = column_of(heading.cells[i].text)) positions[static_cast<std::size_t>(*column)] = i;
  }
  const bool usable =
      positions[static_cast<std::size_t>(Column::number)] && positions[static_cast<std::size_t>(Column::name)];
  return usable ? std::optional(positions) : std::nullopt;
}

}  // namespace

Result<std::vector<MemberLine>> read_member_file(std::string content) {
  auto text = importing::decode_text(std::move(content));
  if (!text) return fail(std::move(text.error()));
  std::vector<MemberLine> lines;
  std::optional<Positions> positions;
  std::optional<Error> problem;
  std::set<std::string> codes;
  const auto take = [&](importing::Row& row) -> Result<void> {
    if (!positions) {
      positions = positions_in(row);
      if (positions) return {};
      return refuse(row.line, "member.no_columns",
                    "the first row must name the columns, at least 卡号 (number) and 姓名 (name).");
    }
    auto line = read_row(row, *positions);
    if (!line) return fail(std::move(line.error()));
    for (const auto& code : {line->member.number, line->member.phone}) {
      if (!code.empty() && !codes.insert(code).second) {
        return refuse(row.line, "member.code_taken",
                      "this number or phone stands in the file twice. Members are told apart by them.", code);
      }
    }
    if (lines.size() == MemberService::max_members) {
      return refuse(row.line, "member.too_many", "there are too many members in one file. Cut it into parts.");
    }
    lines.push_back(std::move(*line));
    return {};
  };
  importing::read_csv(text->text, importing::detect_separator(text->text), {}, [&](importing::Row& row) {
    if (auto taken = take(row); !taken) problem = std::move(taken.error());
    return !problem;
  });
  if (problem) return fail(std::move(*problem));
  return lines;
}

}  // namespace lanekeeper::services

#include "pricing/json_values.h"

namespace lanekeeper::pricing::exact_json {

Money money_of(Members& members, std::string_view name, Complaints& complaints) {
  const auto* value = members.required(name);
  if (value == nullptr) return {};
  const auto place = members.at(name);
  if (expect(*value, Value::Kind::string, "an amount as a decimal string", place, complaints) == nullptr) {
    return {};
  }
  auto money = Money::parse(value->text);
  if (!money) {
    complaints.add(std::move(money.error()), place);
  } else if (money->is_negative()) {
    complaints.add("json.range", "An amount must not be negative.", place);
  } else {
    return *money;
  }
  return {};
}

Rate percent_of(Members& members, std::string_view name, Complaints& complaints) {
  const auto* value = members.required(name);
  if (value == nullptr) return {};
  const auto place = members.at(name);
  if (expect(*value, Value::Kind::number, "a percentage as a number", place, complaints) == nullptr) return {};
  const auto per_10k = exact_decimal(value->text, 2);
  if (per_10k && *per_10k >= 0 && *per_10k <= 10'000) return Rate::of_per_10k(*per_10k);
  complaints.add("json.range", "A percentage must be from 0 to 100 with at most two decimals.", place);
  return {};
}

std::string_view only_one(Members& members, std::initializer_list<std::string_view> names, const Place& place,
                          Complaints& complaints) {
  std::string_view found;
  int count = 0;
  for (const auto name : names) {
    if (!members.has(name)) continue;
    found = name;
    ++count;
  }
  if (count == 1) return found;
  std::string list;
  for (const auto name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  const auto* message = count == 0 ? "One of these members is required: " : "Only one of these members may be there: ";
  complaints.add("promotion.bad_value", message + list + ".", place, {{"names", list}});
  return {};
}

}  // namespace lanekeeper::pricing::exact_json

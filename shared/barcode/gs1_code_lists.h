// Codes that others maintain and GS1 refers to: countries (ISO 3166-1), currencies (ISO 4217), package types (UN/ECE
// Recommendation 21 with the additions of GS1). As of 2026; a list that has grown is a new version of this file.
#pragma once

#include <string_view>

namespace lanekeeper::barcode::gs1 {

[[nodiscard]] bool is_country(std::string_view numeric);         // "156"
[[nodiscard]] bool is_country_alpha2(std::string_view letters);  // "CN"
// "156" -> "CNY"; empty when there is no such currency.
[[nodiscard]] std::string_view currency_alpha3(std::string_view numeric);
[[nodiscard]] bool is_package_type(std::string_view code);  // "PX"

}  // namespace lanekeeper::barcode::gs1

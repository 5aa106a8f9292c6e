// What the data of an application identifier means: dates, decimals, money, weight. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "barcode/gs1_element.h"
#include "base/time.h"
#include "money/money.h"

namespace lanekeeper::barcode::gs1 {

// YYMMDD. The century is the one that brings the year nearest to today's: 50 years ahead to 49 back (GS1 General
// Specifications 7.12). A day of 00 is the last of its month. nullopt: no such day, 29 February of 2100 for example.
[[nodiscard]] std::optional<Date> resolve_date(std::string_view yymmdd, const Date& today);

// The date that the data begins with, where the identifier has one (11, 17, 4324, 7003, 7007, 8008, 7250, ...).
[[nodiscard]] std::optional<Date> date_of(const Element& element, const Date& today);
[[nodiscard]] bool begins_with_date(const AiSpec& spec);

// How many decimals the last digit of the identifier gives its number: 3 for 3103. nullopt: the data is no such number.
[[nodiscard]] std::optional<int> decimals_of(std::string_view ai);

// The number of such an identifier, without the currency that may stand in front: "0.195", "12", "0.000005".
[[nodiscard]] std::optional<std::string> number_of(const Element& element);

// ISO 4217 letters of 391n and 393n; empty for other identifiers.
[[nodiscard]] std::string_view currency_of(const Element& element);

// Exactly, in hundredths. 390n..393n and 395n. nullopt: more decimals than money has, or too large.
[[nodiscard]] std::optional<Money> money_of(const Element& element);

// 310n in thousandths of a kilogram; what is finer is rounded half up. nullopt: another identifier.
[[nodiscard]] std::optional<Quantity> kilograms_of(const Element& element);

}  // namespace lanekeeper::barcode::gs1

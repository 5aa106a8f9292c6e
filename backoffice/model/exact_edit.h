// Changing single members of exact JSON (pricing/exact_json.h) and writing it out again: everything else stays as it
// was written, numbers to the digit, members in their order, also those that this program does not know.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pricing/exact_json.h"

namespace lanekeeper::office {

using ExactValue = pricing::exact_json::Value;

[[nodiscard]] std::string write_json(const ExactValue& value);

[[nodiscard]] ExactValue empty_object();
[[nodiscard]] ExactValue text_value(std::string text);
[[nodiscard]] ExactValue number_value(std::string digits);
[[nodiscard]] ExactValue flag_value(bool flag);
[[nodiscard]] ExactValue texts_value(const std::vector<std::string>& texts);

// nullptr: object has no such member, or is no object.
[[nodiscard]] const ExactValue* member(const ExactValue& object, std::string_view name);
// In its place when it is there, else as the last one.
void set_member(ExactValue& object, std::string_view name, ExactValue value);
void drop_member(ExactValue& object, std::string_view name);
// As the value says: an empty text or list, or false, drops the member.
void set_text(ExactValue& object, std::string_view name, const std::string& text);
void set_texts(ExactValue& object, std::string_view name, const std::vector<std::string>& texts);
void set_flag(ExactValue& object, std::string_view name, bool flag);
// The object that is a member, to be changed and put back; an empty one when there is none.
[[nodiscard]] ExactValue object_member(const ExactValue& object, std::string_view name);
// Puts it back; an object without members is dropped.
void put_object(ExactValue& object, std::string_view name, ExactValue value);

}  // namespace lanekeeper::office

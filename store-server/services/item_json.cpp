#include "services/item_json.h"

#include <algorithm>
#include <charconv>

#include "base/json_codec.h"
#include "protocol/messages.h"

namespace lanekeeper::services {

namespace {

void add_text(std::string& out, const std::string& text) {
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7F;
  });
  if (plain) {
    out += '"';
    out += text;
    out += '"';
  } else {
    out += json::Value(text).dump(-1, ' ', false, json::Value::error_handler_t::replace);
  }
}

void add_number(std::string& out, std::int64_t number) {
  char digits[24];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.append(digits, end);
}

void add_flag(std::string& out, bool flag) {
  out += flag ? "true" : "false";
}

// Members are written in the bytewise order of their names, as json::encode does.
void add_code(std::string& out, const catalogue::ItemCode& code) {
  out += "{\"code\":";
  add_text(out, code.code);
  if (code.pack_price) {
    out += ",\"pack_price\":\"";
    out += code.pack_price->to_string();
    out += '"';
  }
  out += ",\"pack_quantity\":\"";
  out += code.pack_quantity.to_string();
  out += "\"}";
}

void add_price(std::string& out, const catalogue::Price& price) {
  out += "{\"amount\":\"";
  out += price.amount.to_string();
  out += "\",\"list\":";
  add_text(out, price.list);
  if (price.valid_from) {
    out += ",\"valid_from\":\"";
    out += price.valid_from->to_string();
    out += '"';
  }
  if (price.valid_to) {
    out += ",\"valid_to\":\"";
    out += price.valid_to->to_string();
    out += '"';
  }
  out += '}';
}

template <class T, class F>
void add_list(std::string& out, const std::vector<T>& values, F&& add) {
  out += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    add(out, values[i]);
  }
  out += ']';
}

void add_item(std::string& out, const catalogue::Item& item) {
  const auto text = [&](std::string_view name, const std::string& value) {
    out += name;
    add_text(out, value);
  };
  const auto number = [&](std::string_view name, std::int64_t value) {
    out += name;
    add_number(out, value);
  };
  const auto flag = [&](std::string_view name, bool value) {
    out += name;
    add_flag(out, value);
  };
  flag("{\"active\":", item.active);
  text(",\"brand\":", item.brand);
  number(",\"category\":", item.category);
  out += ",\"codes\":";
  add_list(out, item.codes, add_code);
  if (item.cost) text(",\"cost\":", item.cost->to_string());
  if (item.deposit) flag(",\"deposit\":", *item.deposit);
  flag(",\"discount_blocked\":", item.discount_blocked);
  number(",\"id\":", item.id);
  number(",\"minimum_age\":", item.minimum_age);
  text(",\"mnemonic\":", item.mnemonic);
  text(",\"name\":", item.name);
  text(",\"name_en\":", item.name_en);
  text(",\"number\":", item.number);
  if (item.open_price) flag(",\"open_price\":", *item.open_price);
  out += ",\"prices\":";
  add_list(out, item.prices, add_price);
  if (item.return_blocked) flag(",\"return_blocked\":", *item.return_blocked);
  flag(",\"sale_blocked\":", item.sale_blocked);
  if (item.sale_hours) {
    number(",\"sale_hours\":{\"from_minute\":", item.sale_hours->from_minute);
    number(",\"to_minute\":", item.sale_hours->to_minute);
    out += '}';
  }
  text(",\"spec\":", item.spec);
  text(",\"tare\":", item.tare.to_string());
  number(",\"tax_category\":", item.tax_category);
  text(",\"unit\":", json::to_value(item.unit).get_ref<const std::string&>());
  number(",\"version\":", item.version);
  out += '}';
}

}  // namespace

std::string encode_page(const std::vector<catalogue::Item>& items, catalogue::Version version, bool complete) {
  std::string out;
  out.reserve(items.size() * 420 + 64);
  out += "{\"complete\":";
  add_flag(out, complete);
  out += ",\"items\":";
  add_list(out, items, add_item);
  out += ",\"version\":";
  add_number(out, version);
  out += '}';
  return out;
}

}  // namespace lanekeeper::services

// An item as it stands in the edit panel: what was typed, whether or not it makes sense yet. Pure functions turn an
// item into a form, a form into an item, and two people's changes into one form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "barcode/scan.h"
#include "base/error.h"
#include "base/time.h"
#include "catalogue/item.h"

namespace lanekeeper::office {

enum class ItemField {
  name,
  name_en,
  number,
  spec,
  brand,
  mnemonic,
  category,
  tax,
  weighed,
  codes,
  price,
  timing,
  coming_price,
  cost,
  tare,
  minimum_age,
  active,
  sale_blocked,
  discount_blocked,
  return_blocked,
  open_price,
  deposit,
  sale_hours,
  other,  // a problem that belongs to no field of the form
};

// When a changed price begins to hold.
enum class PriceTiming { at_once, tomorrow };

struct CodeForm {
  std::string code;  // as people know it: 13 digits for an EAN
  std::string pack_quantity = "1";
  std::string pack_price;  // empty: pack_quantity times the price
  bool operator==(const CodeForm&) const = default;
};

struct ItemForm {
  std::string name;
  std::string name_en;
  std::string number;
  std::string spec;
  std::string brand;
  std::string mnemonic;
  catalogue::CategoryId category = 0;
  catalogue::TaxCategoryId tax = 0;
  bool weighed = false;
  std::vector<CodeForm> codes;
  std::string price;
  PriceTiming timing = PriceTiming::at_once;
  bool keep_coming_price = true;  // false: changes that were planned are called off
  std::string cost;
  std::string tare;
  std::string minimum_age;
  bool active = true;
  bool sale_blocked = false;
  bool discount_blocked = false;
  bool return_blocked = false;
  bool open_price = false;  // typed at the till
  bool deposit = false;
  std::string sale_hours;  // "08:00-22:00", empty: all day
  bool operator==(const ItemForm&) const = default;
};

// What turning a form into an item needs to know.
struct FormContext {
  ZonedTime now;
  std::vector<barcode::VariableMeasureLayout> layouts;
};

struct FieldProblem {
  ItemField field = ItemField::other;
  std::size_t row = 0;  // of codes
  Error error;
};

struct CheckedForm {
  catalogue::Item item;  // as good as the form allows
  std::vector<FieldProblem> problems;
};

// As people know it: 13 digits for an EAN.
[[nodiscard]] std::string shown_code(const std::string& code);

[[nodiscard]] ItemForm form_of(const catalogue::Item& item, Instant now);
// A new item without a number takes its first code. The base gives what the form does not show: id, version, prices of
// other lists and later dates. money.*, quantity.*, barcode.*, item.bad_sale_hours, and what catalogue::validate says.
[[nodiscard]] CheckedForm check(const ItemForm& form, const catalogue::Item& base, const FormContext& context);

// Does the mnemonic follow the name by itself?
[[nodiscard]] bool follows_name(const ItemForm& form);

// The field a refusal of the server or of catalogue::validate is about.
[[nodiscard]] ItemField field_of(const Error& error);

struct MergedForm {
  ItemForm form;                     // theirs, with what I changed
  std::vector<ItemField> contested;  // changed by both, differently; form has mine
};
[[nodiscard]] MergedForm merge(const ItemForm& base, const ItemForm& mine, const ItemForm& theirs);
[[nodiscard]] std::vector<ItemField> changed_fields(const ItemForm& from, const ItemForm& to);

// ---- prices
// ---------------------------------------------------------------------------------------------------------- The first
// change of the regular price that is still to come.
[[nodiscard]] const catalogue::Price* coming_price(const catalogue::Item& item, Instant now);
[[nodiscard]] ZonedTime start_of_tomorrow(const ZonedTime& now);
// Margin on the price in ten-thousandths, negative below cost; nullopt without a price or a cost.
[[nodiscard]] std::optional<Rate> margin(std::optional<Money> price, std::optional<Money> cost);

}  // namespace lanekeeper::office

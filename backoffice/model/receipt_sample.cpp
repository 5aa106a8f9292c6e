#include "model/receipt_sample.h"

#include <algorithm>
#include <variant>

#include "base/text.h"

namespace lanekeeper::office {
namespace {

using receipt_template::flag;
using receipt_template::Kind;
using receipt_template::List;
using receipt_template::Value;

constexpr int head_columns = 48;  // by which a till decides how the head is written

using Named = std::initializer_list<std::pair<const char*, Value>>;

Value parts(Named named) {
  Value value;
  for (const auto& [name, part] : named) value[name] = part;
  return value;
}

class Sample {
 public:
  Sample(i18n::Language language, const protocol::StoreProfile& profile) : texts_(language), profile_(profile) {}

  Value of(Kind kind) {
    data_["store"] = store();
    switch (kind) {
      case Kind::sale:
      case Kind::gift:
        sale();
        break;
      case Kind::returned:
        returned();
        break;
      case Kind::control:
        slip(texts_.text("receipt.slip.pick_up"), true);
        data_["amount"] = "1500.00";
        break;
      case Kind::suspend:
        slip(texts_.text("receipt.slip.title.basket_suspend"), false);
        data_["basket"] = parts({{"lines", "7"}, {"total", "86.40"}, {"label", "3-0017"}});
        break;
      case Kind::report:
        slip(texts_.text("receipt.slip.z", {{"number", "17"}}), true);
        report();
        break;
    }
    return std::move(data_);
  }

 private:
  [[nodiscard]] std::string words(const char* key) const {
    return texts_.text(std::string("backoffice.receipts.sample.") + key);
  }

  [[nodiscard]] Value store() const {
    const bool english = texts_.language() == i18n::Language::en && !profile_.name_en.empty();
    std::string name = english ? profile_.name_en : profile_.name;
    if (name.empty()) name = words("store");
    const std::string phone = profile_.phone.empty() ? "0755-8800 1234" : profile_.phone;
    const std::string address = profile_.address.empty() ? words("address") : profile_.address;
    const std::string hotline = texts_.text("receipt.hotline", {{"phone", phone}});
    List contact{Value(address + "  " + hotline)};
    if (display_width(address + "  " + hotline) > head_columns) contact = {Value(address), Value(hotline)};
    List footer;
    for (const auto& line : profile_.receipt_footer) footer.emplace_back(line);
    if (footer.empty()) footer.emplace_back(words("footer"));
    return parts({{"name", name},
                  {"name_fits_twice", flag(display_width(name) <= head_columns / 2)},
                  {"address", address},
                  {"phone", phone},
                  {"contact", std::move(contact)},
                  {"footer", std::move(footer)}});
  }

  void receipt() {
    data_["receipt"] = parts({{"number", "03-001811"},
                              {"barcode", "0320261120001811"},
                              {"date", "2026-11-20"},
                              {"time", "10:23"},
                              {"till", "3"},
                              {"cashier", "1027"}});
  }

  void customer() {
    data_["customer"] = flag(true);
    data_["member"] = parts({{"name", words("member")}, {"tail", "4417"}});
    data_["coupons"] = List{};
  }

  [[nodiscard]] static Value tax(const char* letter, const char* rate, const char* taxable, const char* amount,
                                 const char* gross) {
    return parts({{"letter", letter}, {"rate", rate}, {"taxable", taxable}, {"tax", amount}, {"gross", gross}});
  }

  void sale() {
    receipt();
    const Value saving = parts({{"name", words("offer")}, {"amount", "-6.50"}});
    data_["lines"] = List{parts({{"name", words("crisps")},
                                 {"code", "6901234500017"},
                                 {"quantity", "3"},
                                 {"price", "6.50"},
                                 {"amount", "19.50"},
                                 {"net", "13.00"},
                                 {"savings", List{saving}}}),
                          parts({{"name", words("apples")},
                                 {"code", "2100417"},
                                 {"quantity", "0.836kg"},
                                 {"price", "7.98"},
                                 {"amount", "6.67"},
                                 {"net", "6.67"},
                                 {"savings", List{}}}),
                          parts({{"name", words("milk")},
                                 {"code", "6901234500208"},
                                 {"quantity", "1"},
                                 {"price", "12.90"},
                                 {"amount", "12.90"},
                                 {"net", "12.90"},
                                 {"savings", List{}}})};
    data_["totals"] = parts({{"lines", "3"},
                             {"pieces", "5"},
                             {"count", texts_.text("receipt.subtotal", {{"lines", "3"}, {"pieces", "5"}})},
                             {"gross", "39.07"},
                             {"discount", "-6.50"},
                             {"to_pay", "32.57"},
                             {"rounding", "-0.07"},
                             {"payable", "32.50"}});
    data_["tenders"] = List{parts({{"name", texts_.text("receipt.cash")}, {"amount", "50.00"}})};
    data_["change"] = "17.50";
    data_["saved"] = "6.50";
    customer();
    data_["taxed"] = flag(true);
    data_["taxes"] = List{tax("A", "13%", "11.50", "1.50", "13.00"), tax("B", "9%", "17.95", "1.62", "19.57")};
    data_["tax_sum"] = parts({{"taxable", "29.45"}, {"tax", "3.12"}, {"gross", "32.57"}});
  }

  void returned() {
    receipt();
    data_["receipt"]["original"] = "03-001790";
    data_["lines"] = List{parts({{"name", words("milk")},
                                 {"code", "6901234500208"},
                                 {"quantity", "-1"},
                                 {"price", "12.90"},
                                 {"amount", "-12.90"},
                                 {"net", "-12.90"},
                                 {"savings", List{}},
                                 {"returned", flag(true)},
                                 {"return_reason", texts_.text("receipt.reason.quality")},
                                 {"returned_to", texts_.text("receipt.to.waste")}})};
    data_["totals"] = parts({{"lines", "1"},
                             {"pieces", "1"},
                             {"count", texts_.text("receipt.subtotal", {{"lines", "1"}, {"pieces", "1"}})},
                             {"gross", "-12.90"},
                             {"to_pay", "-12.90"},
                             {"payable", "-12.90"}});
    data_["refund"] = parts({{"total", "12.90"}, {"paid", "12.90"}});
    data_["tenders"] = List{parts({{"name", texts_.text("receipt.cash")}, {"amount", "-12.90"}})};
    data_["change"] = "0.00";
    customer();
    data_["taxed"] = flag(true);
    data_["taxes"] = List{tax("B", "9%", "-11.83", "-1.07", "-12.90")};
    data_["tax_sum"] = parts({{"taxable", "-11.83"}, {"tax", "-1.07"}, {"gross", "-12.90"}});
  }

  void slip(const std::string& title, bool signed_for) {
    data_["slip"] =
        parts({{"title", title}, {"till", "3"}, {"cashier", "1027"}, {"date", "2026-11-20"}, {"time", "21:34"}});
    data_["approvals"] = signed_for ? List{Value("1015")} : List{};
    data_["signature"] = flag(signed_for);
  }

  [[nodiscard]] static Value tender(const std::string& name, const char* count, const char* amount) {
    return parts({{"name", name}, {"count", count}, {"amount", amount}});
  }

  [[nodiscard]] static Value check(const std::string& name, const char* expected, const char* declared,
                                   const char* difference, const std::string& reason) {
    return parts({{"name", name},
                  {"expected", expected},
                  {"declared", declared},
                  {"difference", difference},
                  {"check_reason", reason}});
  }

  void report() {
    data_["shift"] = parts({{"opened", "2026-11-20 13:58"}, {"closed", "2026-11-20 21:34"}});
    data_["totals"] = parts({{"sales", "86"},
                             {"returns_count", "1"},
                             {"first_receipt", "1726"},
                             {"last_receipt", "1811"},
                             {"gross", "5412.30"},
                             {"discounts", "-316.40"},
                             {"returns", "-12.90"},
                             {"turnover", "5083.00"},
                             {"rounding", "-1.35"}});
    data_["money"] = flag(true);
    const auto cash = texts_.text("receipt.cash");
    const auto card = texts_.text("receipt.slip.card");
    const auto voucher = texts_.text("receipt.slip.voucher");
    data_["has_tenders"] = flag(true);
    data_["tenders"] =
        List{tender(cash, "52", "1931.65"), tender(card, "31", "2890.00"), tender(voucher, "4", "260.00")};
    data_["taxed"] = flag(true);
    data_["taxes"] =
        List{tax("A", "13%", "3000.00", "390.00", "3390.00"), tax("B", "9%", "1553.21", "139.79", "1693.00")};
    data_["drawer"] =
        parts({{"float", "500.00"}, {"paid_out", "-20.00"}, {"pick_ups", "-1500.00"}, {"expected", "911.65"}});
    List counts;
    for (const auto& [denomination, count] :
         std::initializer_list<std::pair<const char*, const char*>>{{"100.00", "6"},
                                                                    {"50.00", "4"},
                                                                    {"20.00", "4"},
                                                                    {"10.00", "2"},
                                                                    {"5.00", "2"},
                                                                    {"1.00", "1"},
                                                                    {"0.50", "1"}}) {
      counts.push_back(parts({{"denomination", denomination}, {"count", count}}));
    }
    data_["counts"] = std::move(counts);
    data_["checks"] = List{check(cash, "911.65", "911.50", "-0.15", texts_.text("receipt.reason.change")),
                           check(card, "2890.00", "2890.00", "", ""), check(voucher, "260.00", "260.00", "", "")};
    data_["closing"] = parts({{"left_in_drawer", "500.00"}});
    data_["events"] = parts({{"no_sales", "1"},
                             {"voided_lines", "4"},
                             {"voided_baskets", "1"},
                             {"price_overrides", "2"},
                             {"manual_discounts", "1"},
                             {"suspended", "2"},
                             {"recalled", "2"},
                             {"reprints", "1"}});
  }

  i18n::Texts texts_;
  const protocol::StoreProfile& profile_;
  Value data_;
};

// Parts that hold or do not and have nothing to print.
constexpr std::string_view conditions[] = {"customer", "has_tenders", "money", "name_fits_twice",
                                           "returned", "signature",   "taxed"};

bool is_condition(const std::string& name) {
  return std::find(std::begin(conditions), std::end(conditions), name) != std::end(conditions);
}

std::string section(const std::string& path) {
  return "{{#" + path + "}}\n\n{{/" + path + "}}";
}

// prefix: of the names as they are chosen; scope: as they are written inside of a list.
void add_names(std::vector<SampleName>& names, const Value& value, const std::string& prefix,
               const std::string& scope) {
  const auto* named = std::get_if<receipt_template::Parts>(&value.node);
  if (named == nullptr) return;
  for (const auto& [name, part] : *named) {
    const std::string chosen = prefix + name;
    const std::string path = scope + name;
    if (const auto* list = std::get_if<List>(&part.node)) {
      names.push_back({chosen, section(path)});
      if (list->empty()) continue;
      if (std::holds_alternative<std::string>(list->front().node)) names.push_back({chosen + " / .", "{{.}}"});
      add_names(names, list->front(), chosen + " / ", "");
    } else if (std::holds_alternative<std::string>(part.node)) {
      names.push_back({chosen, is_condition(name) ? section(path) : "{{" + path + "}}"});
    } else {
      add_names(names, part, chosen + ".", path + ".");
    }
  }
}

}  // namespace

std::vector<SampleName> sample_names(receipt_template::Kind kind) {
  std::vector<SampleName> names;
  add_names(names, receipt_sample(kind, i18n::Language::en, {}), "", "");
  return names;
}

receipt_template::Value receipt_sample(receipt_template::Kind kind, i18n::Language language,
                                       const protocol::StoreProfile& profile) {
  return Sample(language, profile).of(kind);
}

}  // namespace lanekeeper::office

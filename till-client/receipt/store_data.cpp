#include "receipt/store_data.h"

#include "base/text.h"

namespace lanekeeper::till {

receipt_template::Value store_data(const ReceiptStore& store, const i18n::Texts& texts, const ReceiptPaper& paper) {
  using receipt_template::List;
  using receipt_template::Value;
  Value data;
  data["logo"] = receipt_template::flag(paper.encoding.images.contains("logo"));
  data["name"] = store.name;
  data["name_fits_twice"] = receipt_template::flag(display_width(store.name) <= paper.columns / 2);
  data["address"] = store.address;
  data["phone"] = store.phone;
  const std::string hotline = store.phone.empty() ? "" : texts.text("receipt.hotline", {{"phone", store.phone}});
  std::string contact = store.address;
  if (!contact.empty() && !hotline.empty()) contact += "  ";
  contact += hotline;
  List lines;
  if (display_width(contact) > paper.columns && !hotline.empty()) {
    lines = {Value(store.address), Value(hotline)};
  } else if (!contact.empty()) {
    lines = {Value(contact)};
  }
  data["contact"] = std::move(lines);
  List footer;
  for (const auto& words : store.footer) footer.emplace_back(words);
  data["footer"] = std::move(footer);
  return data;
}

std::string name_of_tender(sale::TenderKind kind, const std::optional<std::string>& method,
                           const std::vector<protocol::TenderMethod>& methods, const i18n::Texts& texts) {
  switch (kind) {
    case sale::TenderKind::cash:
      return texts.text("receipt.cash");
    case sale::TenderKind::card:
      return texts.text("receipt.slip.card");
    case sale::TenderKind::voucher:
      return texts.text("receipt.slip.voucher");
    case sale::TenderKind::other:
      break;
  }
  for (const auto& one : methods) {
    if (one.code != method.value_or("")) continue;
    return texts.language() == i18n::Language::en && !one.name_en.empty() ? one.name_en : one.name;
  }
  return method.value_or(texts.text("receipt.slip.other"));
}

}  // namespace lanekeeper::till

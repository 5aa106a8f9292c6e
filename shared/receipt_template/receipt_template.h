// The receipts' own language: line markup in the manner of ReceiptLine (OFSC, receiptline.org) with variables,
// conditions and loops in the manner of Mustache. docs/receipts.md teaches it to shops.
//
// Pure and without limits of its own but these: 64 KiB of template, 20 sections within each other, 6 cells in a row,
// 20,000 elements in a document.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "receipt_template/document.h"
#include "receipt_template/value.h"

namespace lanekeeper::receipt_template {

// Codes: template.too_long, template.unclosed_tag, template.bad_tag, template.unclosed_section,
// template.unopened_section, template.too_deep, template.unclosed_property, template.bad_property, template.bad_value,
// template.too_many_cells, template.bad_size.
struct TemplateError {
  int line = 1;  // from 1
  int column = 1;
  std::string code;
  std::string message;  // English: what to change
  bool operator==(const TemplateError&) const = default;
};

class ReceiptTemplate {
 public:
  [[nodiscard]] static tl::expected<ReceiptTemplate, std::vector<TemplateError>> parse(std::string_view text);
  ReceiptTemplate(const ReceiptTemplate&);
  ReceiptTemplate(ReceiptTemplate&&) noexcept;
  ReceiptTemplate& operator=(const ReceiptTemplate&);
  ReceiptTemplate& operator=(ReceiptTemplate&&) noexcept;
  ~ReceiptTemplate();

  // What is not in the data is empty. Nothing in the data is taken for markup.
  [[nodiscard]] Document render(const Value& data) const;

 private:
  struct Impl;
  explicit ReceiptTemplate(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::receipt_template

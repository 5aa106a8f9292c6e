#include "receipt_template/receipt_template.h"

#include <algorithm>

#include "base/text.h"
#include "receipt_template/markup.h"
#include "receipt_template/tags.h"

namespace lanekeeper::receipt_template {

namespace {

constexpr std::size_t longest_template = 64 * 1024;
constexpr std::size_t most_elements = 20'000;

// The template's own lines with every section in place once and every variable as a letter, so that the markup of each
// can be checked without data. Positions stay those of the template.
class SourceLines {
 public:
  explicit SourceLines(const std::vector<Node>& nodes) { add(nodes); }

  void check(std::vector<TemplateError>& errors) {
    MarkupReader reader;
    for (const auto& [line, content] : lines_) {
      (void)reader.read(content.line);
      for (auto& error : reader.take_errors()) {
        const auto& columns = content.columns;
        const int column = columns.empty() ? 1 : columns[std::min(error.at, columns.size() - 1)];
        errors.push_back({line, column, std::move(error.code), std::move(error.message)});
      }
    }
  }

 private:
  struct Line {
    FilledLine line;
    std::vector<int> columns;
  };

  void add(const std::vector<Node>& nodes) {
    for (const auto& node : nodes) {
      if (node.kind == Node::Kind::variable) {
        put(node.line, {U'1', true}, node.column);
      } else if (node.kind != Node::Kind::text) {
        add(node.children);
      } else {
        int line = node.line;
        int column = node.column;
        for (const char32_t c : to_utf32(node.text)) {
          if (c == U'\n') {
            ++line;
            column = 1;
          } else if (c != U'\r') {
            put(line, {c, false}, column++);
          }
        }
      }
    }
  }

  void put(int line, Glyph glyph, int column) {
    lines_[line].line.glyphs.push_back(glyph);
    lines_[line].columns.push_back(column);
  }

  std::map<int, Line> lines_;
};

}  // namespace

struct ReceiptTemplate::Impl {
  std::vector<Node> nodes;
};

ReceiptTemplate::ReceiptTemplate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReceiptTemplate::ReceiptTemplate(const ReceiptTemplate& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
ReceiptTemplate::ReceiptTemplate(ReceiptTemplate&&) noexcept = default;
ReceiptTemplate& ReceiptTemplate::operator=(const ReceiptTemplate& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
  return *this;
}
ReceiptTemplate& ReceiptTemplate::operator=(ReceiptTemplate&&) noexcept = default;
ReceiptTemplate::~ReceiptTemplate() = default;

tl::expected<ReceiptTemplate, std::vector<TemplateError>> ReceiptTemplate::parse(std::string_view text) {
  if (text.size() > longest_template) {
    return tl::unexpected(
        std::vector<TemplateError>{{1, 1, "template.too_long", "A template has at most 64 KiB. Shorten it."}});
  }
  auto nodes = parse_tags(text);
  if (!nodes) return tl::unexpected(std::move(nodes.error()));
  std::vector<TemplateError> errors;
  SourceLines(*nodes).check(errors);
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  auto impl = std::make_unique<Impl>();
  impl->nodes = std::move(*nodes);
  return ReceiptTemplate(std::move(impl));
}

Document ReceiptTemplate::render(const Value& data) const {
  Document document;
  MarkupReader reader;
  for (const auto& line : fill(impl_->nodes, data)) {
    if (document.size() >= most_elements) break;
    if (auto element = reader.read(line)) document.push_back(std::move(*element));
  }
  return document;
}

}  // namespace lanekeeper::receipt_template

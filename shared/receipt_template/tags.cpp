#include "receipt_template/tags.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper::receipt_template {

namespace {

constexpr std::size_t deepest = 20;
constexpr std::size_t most_lines = 20'000;
constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";

class TagParser {
 public:
  explicit TagParser(std::string_view text) : text_(text) { open_.emplace_back(); }

  tl::expected<std::vector<Node>, std::vector<TemplateError>> parse() {
    while (at_ < text_.size()) {
      const auto tag = text_.find(opening, at_);
      add_text(std::min(tag, text_.size()));
      if (tag == std::string_view::npos) break;
      const auto end = text_.find(closing, tag + opening.size());
      const auto line_end = text_.find('\n', tag);
      if (end == std::string_view::npos || end > line_end) {
        report("template.unclosed_tag", "This tag does not end. Write }} behind its name.");
        skip_to(std::min(line_end, text_.size()));
        continue;
      }
      take_tag(trim(text_.substr(tag + opening.size(), end - tag - opening.size())), end + closing.size());
    }
    while (open_.size() > 1) {
      const Node& section = open_.back();
      errors_.push_back({section.line, section.column, "template.unclosed_section",
                         "The section " + section.text + " does not end. Write {{/" + section.text + "}} behind it."});
      close_section();
    }
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    return std::move(open_.front().children);
  }

 private:
  static bool is_name(std::string_view name) {
    if (name == ".") return true;
    if (name.empty() || name.front() == '.' || name.back() == '.') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
  }

  void report(std::string_view code, std::string message) {
    errors_.push_back({line_, column_, std::string(code), std::move(message)});
  }

  void skip_to(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xc0) != 0x80) {
        ++column_;
      }
    }
  }

  void add_text(std::size_t end) {
    if (end <= at_) return;
    Node node;
    node.text = text_.substr(at_, end - at_);
    node.line = line_;
    node.column = column_;
    open_.back().children.push_back(std::move(node));
    skip_to(end);
  }

  void take_tag(std::string_view inside, std::size_t end) {
    const char sign = inside.empty() ? ' ' : inside.front();
    const bool signed_tag = sign == '#' || sign == '^' || sign == '/' || sign == '!';
    const std::string name(trim(signed_tag ? inside.substr(1) : inside));
    if (sign == '!') {
      leave_line(end);
      return;
    }
    if (!is_name(name)) {
      report("template.bad_tag", "A name has only letters, digits, _ and dots, as in {{store.name}}.");
      return skip_to(end);
    }
    Node node;
    node.text = name;
    node.line = line_;
    node.column = column_;
    if (sign == '/') {
      end_section(name);
      leave_line(end);
      return;
    }
    if (signed_tag) {
      node.kind = sign == '#' ? Node::Kind::section : Node::Kind::inverted;
      if (open_.size() > deepest) report("template.too_deep", "Too many sections within each other. Use fewer.");
      node.own_line = leave_line(end);
      open_.push_back(std::move(node));
      return;
    }
    node.kind = Node::Kind::variable;
    open_.back().children.push_back(std::move(node));
    skip_to(end);
  }

  void end_section(const std::string& name) {
    if (open_.size() == 1) {
      return report("template.unopened_section", "No section " + name + " begins before this end. Take it away.");
    }
    if (open_.back().text != name) {
      report("template.unopened_section", "The section that ends here is " + open_.back().text + ". End it first.");
    }
    close_section();
  }

  void close_section() {
    Node section = std::move(open_.back());
    open_.pop_back();
    open_.back().children.push_back(std::move(section));
  }

  // Behind a tag that prints nothing: with its line, when it stands alone there. Whether it did.
  bool leave_line(std::size_t end) {
    const auto before = text_.rfind('\n', at_) == std::string_view::npos ? 0 : text_.rfind('\n', at_) + 1;
    const auto after = text_.find('\n', end);
    const auto rest = text_.substr(end, after == std::string_view::npos ? after : after - end);
    const bool alone = text_.substr(before, at_ - before).find_first_not_of(" \t") == std::string_view::npos &&
                       rest.find_first_not_of(" \t\r") == std::string_view::npos;
    if (!alone) {
      skip_to(end);
      return false;
    }
    const auto blanks = at_ - before;
    auto& siblings = open_.back().children;
    if (blanks > 0 && !siblings.empty() && siblings.back().kind == Node::Kind::text) {
      auto& text = siblings.back().text;
      text.resize(text.size() - std::min(blanks, text.size()));
    }
    skip_to(after == std::string_view::npos ? text_.size() : after + 1);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
  std::vector<Node> open_;  // the sections that have begun, the whole first
  std::vector<TemplateError> errors_;
};

class Filler {
 public:
  explicit Filler(const Value& data) : lines_(1), context_{&data} {}

  void fill(const std::vector<Node>& nodes) {
    for (const auto& node : nodes) {
      if (lines_.size() > most_lines) return;
      switch (node.kind) {
        case Node::Kind::text:
          add_text(node.text);
          break;
        case Node::Kind::variable:
          add_value(lookup(node.text));
          break;
        case Node::Kind::section:
        case Node::Kind::inverted:
          if (!node.own_line) lines_.back().had_tags = true;
          fill_section(node);
          if (!node.own_line) lines_.back().had_tags = true;
          break;
      }
    }
  }
  std::vector<FilledLine> take() {
    if (lines_.back().glyphs.empty()) lines_.pop_back();
    return std::move(lines_);
  }

 private:
  void fill_section(const Node& node) {
    const Value* value = lookup(node.text);
    const bool holds = value != nullptr && value->holds();
    if (node.kind == Node::Kind::inverted) {
      if (!holds) fill(node.children);
      return;
    }
    if (!holds) return;
    if (const auto* list = std::get_if<List>(&value->node)) {
      for (const auto& item : *list) fill_within(node, item);
    } else {
      fill_within(node, *value);
    }
  }

  void fill_within(const Node& node, const Value& value) {
    context_.push_back(&value);
    fill(node.children);
    context_.pop_back();
  }

  // The first part of the name is looked for from the innermost section outwards.
  const Value* lookup(std::string_view name) const {
    if (name == ".") return context_.back();
    const auto first = name.substr(0, name.find('.'));
    const Value* value = nullptr;
    for (auto scope = context_.rbegin(); value == nullptr && scope != context_.rend(); ++scope) {
      value = (*scope)->find(first);
    }
    while (value != nullptr && name.find('.') != std::string_view::npos) {
      name.remove_prefix(name.find('.') + 1);
      value = value->find(name.substr(0, name.find('.')));
    }
    return value;
  }

  void add_text(std::string_view text) {
    for (const char32_t c : to_utf32(text)) {
      if (c == U'\n') {
        lines_.emplace_back();
      } else if (c != U'\r') {
        lines_.back().glyphs.push_back({c, false});
      }
    }
  }

  void add_value(const Value* value) {
    lines_.back().had_tags = true;
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->node);
    if (text == nullptr) return;
    for (const char32_t c : to_utf32(*text)) {
      const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
      lines_.back().glyphs.push_back({control ? U' ' : c, true});
    }
  }

  std::vector<FilledLine> lines_;
  std::vector<const Value*> context_;
};

}  // namespace

tl::expected<std::vector<Node>, std::vector<TemplateError>> parse_tags(std::string_view text) {
  return TagParser(text).parse();
}

std::vector<FilledLine> fill(const std::vector<Node>& nodes, const Value& data) {
  Filler filler(data);
  filler.fill(nodes);
  return filler.take();
}

}  // namespace lanekeeper::receipt_template

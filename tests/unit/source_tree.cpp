#include "source_tree.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace lanekeeper::source_tree {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

bool is_cpp(const std::filesystem::path& path) {
  return path.extension() == ".h" || path.extension() == ".cpp";
}

// Copies C++ text, blanking what is not wanted.
class Blanker {
 public:
  Blanker(const std::string& text, bool with_strings) : text_(text), with_strings_(with_strings) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        skip_to("\n", 0);
      } else if (starts("/*")) {
        skip_to("*/", 2);
      } else if (starts("R\"") && !in_word()) {
        raw_string();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !in_word())) {
        quoted(text_[at_]);
      } else {
        out_ += text_[at_++];
      }
    }
    return std::move(out_);
  }

 private:
  bool starts(std::string_view what) const { return text_.compare(at_, what.size(), what) == 0; }
  // 1'000'000 is a number, u8R"..." is not looked for.
  bool in_word() const {
    return at_ > 0 && (std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0 || text_[at_ - 1] == '_');
  }
  void put(char c, bool keep) { out_ += keep || c == '\n' ? c : ' '; }
  void skip_to(std::string_view end, std::size_t extra) {
    const auto found = text_.find(end, at_);
    const auto stop = found == std::string::npos ? text_.size() : found + extra;
    for (; at_ < stop; ++at_) put(text_[at_], false);
  }
  void raw_string() {
    const auto open = text_.find('(', at_);
    const auto end = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
    const auto found = text_.find(end, open);
    const auto stop = found == std::string::npos ? text_.size() : found + end.size();
    for (; at_ < stop; ++at_) put(text_[at_], with_strings_);
  }
  void quoted(char quote) {
    out_ += text_[at_++];
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) put(text_[at_++], with_strings_);
      put(text_[at_++], with_strings_);
    }
    if (at_ < text_.size()) out_ += text_[at_++];
  }

  const std::string& text_;
  bool with_strings_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::filesystem::path root() {
  return LANEKEEPER_SOURCE_DIR;
}

std::vector<File> cpp_files(const std::vector<std::string>& folders) {
  std::vector<File> files;
  for (const auto& folder : folders) {
    if (!std::filesystem::exists(root() / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root() / folder)) {
      if (!entry.is_regular_file() || !is_cpp(entry.path())) continue;
      files.push_back({std::filesystem::relative(entry.path(), root()).generic_string(), read(entry.path())});
    }
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

std::string without_comments(const std::string& text, bool with_strings) {
  return Blanker(text, with_strings).run();
}

long line_of(const std::string& text, std::size_t position) {
  return std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n') + 1;
}

}  // namespace lanekeeper::source_tree

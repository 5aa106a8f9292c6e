#include "importing/zip_file.h"

#include <zip.h>

#include <array>

namespace lanekeeper::importing {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

tl::unexpected<Error> damaged(std::string_view what) {
  return fail("import.not_xlsx",
              fmt::format("The workbook is damaged ({}). Open it in Excel and save it again as .xlsx.", what));
}

zip_t* as_zip(void* archive) {
  return static_cast<zip_t*>(archive);
}

}  // namespace

void ZipFile::Close::operator()(void* archive) const {
  zip_discard(as_zip(archive));
}

Result<ZipFile> ZipFile::open(std::string_view content) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(content.data(), content.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  const std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return damaged(text);
  }
  return ZipFile(archive);
}

bool ZipFile::has(const std::string& part) const {
  return zip_name_locate(as_zip(archive_.get()), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<void> ZipFile::read(const std::string& part, std::int64_t limit_bytes,
                           const std::function<bool(std::string_view)>& sink) const {
  zip_t* archive = as_zip(archive_.get());
  const zip_int64_t index = zip_name_locate(archive, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return damaged(part + " is missing");
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen_index(archive, static_cast<zip_uint64_t>(index), 0), &zip_fclose);
  if (!file) return damaged(part + " cannot be unpacked");
  std::vector<char> piece(piece_bytes);
  for (std::int64_t total = 0;;) {
    const zip_int64_t size = zip_fread(file.get(), piece.data(), piece.size());
    if (size < 0) return damaged(part + " cannot be unpacked");
    if (size == 0) return {};
    total += size;
    if (total > limit_bytes) {
      return fail("import.too_large", "The workbook is too large. Divide it into several files.",
                  {{"part", part}, {"limit", std::to_string(limit_bytes)}});
    }
    if (!sink(std::string_view(piece.data(), static_cast<std::size_t>(size)))) return {};
  }
}

}  // namespace lanekeeper::importing

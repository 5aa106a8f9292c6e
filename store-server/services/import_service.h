// Goods from files: CSV (any usual encoding and separator) and Excel's .xlsx, as shops and suppliers keep them.
//
// A file is read twice: first to find its headings and count its rows, so that a file that cannot be understood changes
// nothing; then row by row, stored a thousand at a time through CatalogueService (one catalogue version each). Good
// rows are kept, bad rows are reported with line, column, reason and value; added + changed + unchanged + refused is
// always the number of rows done. The same file again changes nothing. Rows meet their items by barcode, else by
// number. What is understood, and what is done with odd cells: docs/import.md.
#pragma once

#include <memory>
#include <string>

#include "protocol/messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class CatalogueService;

class ImportService {
 public:
  static constexpr std::size_t max_file_bytes = 64 * 1024 * 1024;
  static constexpr std::int64_t max_rows = 1'000'000;
  static constexpr std::size_t max_problems = 1000;  // kept of one import; the bad rows before mere warnings
  static constexpr std::size_t kept_imports = 20;    // whose status can still be asked for

  ImportService(ServiceContext context, CatalogueService& catalogue);  // catalogue outlives it
  ~ImportService();  // ends a running import after its current batch; what is stored stays
  ImportService(const ImportService&) = delete;
  ImportService& operator=(const ImportService&) = delete;

  // items_import. Begins on a thread of its own and returns at once. import.busy: another one is running (detail
  // "import_id"); import.too_large. Troubles of the file show in the status (state failed).
  [[nodiscard]] Result<protocol::ImportStatus> start(const Principal& principal, std::string file_name,
                                                     std::string content);

  // items_import. In memory, quick. import.unknown
  [[nodiscard]] Result<protocol::ImportStatus> status(const Principal& principal, const std::string& import_id);

  // The same as start(), but returns when it is done. Not from a database worker. For the demo and for commands.
  [[nodiscard]] Result<protocol::ImportStatus> run(const Principal& principal, std::string file_name,
                                                   std::string content);

  // Ends a running import after its current batch and takes no new one (import.stopping).
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::services

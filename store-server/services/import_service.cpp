#include "services/import_service.h"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <deque>
#include <thread>

#include "importing/goods_file.h"
#include "services/catalogue_service.h"
#include "services/import_matching.h"
#include "services/import_report.h"
#include "storage/catalogue_repository.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {
namespace {

using importing::Finding;
using importing::ItemRow;
using importing::RowReading;

constexpr std::size_t batch_rows = CatalogueService::max_import_rows;
// The database may be starting again; a batch is repeatable, so it is simply tried again.
constexpr int max_attempts = 30;
constexpr std::chrono::milliseconds pause_between_attempts{1000};

bool worth_repeating(const Fault& fault) {
  for (const std::string_view code : {"db.unreachable", "db.lost", "db.unknown_outcome", "db.contention", "db.busy"}) {
    if (fault.code() == code) return true;
  }
  return false;
}

// Which column of the file an error of the catalogue is about.
importing::Column column_of(std::string_view code) {
  using importing::Column;
  if (code.starts_with("item.name") || code == "item.no_name") return Column::name;
  if (code.find("price") != std::string_view::npos) return Column::price;
  if (code.find("code") != std::string_view::npos || code.starts_with("barcode.")) return Column::barcode;
  if (code.find("tax") != std::string_view::npos) return Column::tax;
  if (code.find("category") != std::string_view::npos) return Column::category;
  return Column::number;
}

std::string shown_identity(const ItemRow& row) {
  return importing::shown_value(row.number.empty() && !row.codes.empty() ? row.codes.front().code : row.number);
}

}  // namespace

// One import, on one thread.
class ImportRun {
 public:
  using StopAsked = std::function<bool(std::chrono::milliseconds)>;  // waits that long for it

  ImportRun(ServiceContext context, CatalogueService& catalogue, Principal principal,
            std::shared_ptr<ImportReport> report, StopAsked stop_asked)
      : context_(context),
        catalogue_(catalogue),
        principal_(std::move(principal)),
        report_(std::move(report)),
        stop_asked_(std::move(stop_asked)) {}

  void run(std::string content) {
    try {
      if (auto done = import(std::move(content)); !done) {
        report_->fail_with(done.error());
      } else {
        report_->finish();
      }
      if (auto noted = catalogue_.note_import(principal_, report_->status()); !noted) {
        spdlog::error("import: not audited: {}", noted.error().message);
      }
    } catch (const Fault& fault) {
      spdlog::error("import: {}: {}", fault.code(), fault.what());
      report_->fail_with({"import.storage",
                          "The database failed. What was imported so far is kept; import the file again.",
                          {{"fault", fault.code()}}});
    } catch (const std::exception& error) {
      spdlog::error("import: {}", error.what());
      report_->fail_with(
          {"import.failed", "The import broke off. What was imported so far is kept; import the file again.", {}});
    }
  }

 private:
  Result<void> import(std::string content) {
    auto file = importing::GoodsFile::open(std::move(content), ImportService::max_rows);
    if (!file) return fail(std::move(file.error()));
    columns_ = &file->columns();
    report_->set_total(file->row_count());
    for (const Finding& finding : importing::findings_of(*columns_)) report_->note(finding);
    taxes_ = context_.database.snapshot([this](storage::Connection& connection) {
      return storage::StoreRepository(connection, context_.store_id).taxes();
    });
    std::optional<Error> stopped;
    auto read = file->for_each([&](RowReading reading) {
      for (const Finding& finding : reading.findings) report_->note(finding);
      if (reading.refused()) {
        report_->count(ImportOutcome::refused);
        return true;
      }
      batch_.push_back(std::move(reading.row));
      if (batch_.size() < batch_rows) return true;
      stopped = store_batch();
      return !stopped;
    });
    if (!stopped && !batch_.empty()) stopped = store_batch();
    if (stopped) return fail(std::move(*stopped));
    return read;
  }

  std::optional<Error> store_batch() {
    const std::vector<ItemRow> rows = std::exchange(batch_, {});
    before_unknown_.reset();
    for (int attempt = 1;; ++attempt) {
      if (stop_asked_(std::chrono::milliseconds(0))) return stopping();
      try {
        return store_rows(rows);
      } catch (const Fault& fault) {
        if (!worth_repeating(fault) || attempt == max_attempts) throw;
        spdlog::warn("import: {}, attempt {}: {}", fault.code(), attempt, fault.what());
      }
      if (stop_asked_(pause_between_attempts)) return stopping();
    }
  }
  static Error stopping() {
    return {
        "import.stopping", "The server was stopped during the import. What was imported is kept; import it again.", {}};
  }

  // Nothing is counted or remembered before everything that can fail has been done.
  std::optional<Error> store_rows(const std::vector<ItemRow>& rows) {
    StoredGoods goods = read_goods(rows);
    RowsSoFar of_batch;
    std::vector<Finding> findings;
    std::vector<ItemImport> imports;
    for (const ItemRow& row : rows) {
      auto import = prepare(row, goods, of_batch, findings);
      if (import) imports.push_back(std::move(*import));
    }
    auto results = import_items(imports, goods);
    if (!results) return std::move(results.error());
    if (before_unknown_) count_whole_batch(*results, imports, *before_unknown_, goods);
    so_far_.take_over(std::move(of_batch));
    for (const Finding& finding : findings) report_->note(finding);
    for (std::size_t i = imports.size(); i < rows.size(); ++i) report_->count(ImportOutcome::refused);
    for (const ItemImportResult& result : *results) {
      report_->count(result.outcome);
      if (result.error) note_refusal(rows, result);
    }
    return std::nullopt;
  }

  Result<std::vector<ItemImportResult>> import_items(const std::vector<ItemImport>& imports, StoredGoods& goods) {
    try {
      return catalogue_.import_items(principal_, imports);
    } catch (const Fault& fault) {
      if (fault.code() == "db.unknown_outcome" && !before_unknown_) before_unknown_ = std::move(goods);
      throw;
    }
  }

  StoredGoods read_goods(const std::vector<ItemRow>& rows) {
    std::vector<std::string> numbers;
    std::vector<std::string> codes;
    for (const ItemRow& row : rows) {
      for (const auto& code : row.codes) codes.push_back(code.code);
      numbers.push_back(row.number.empty() ? number_by_code(row) : row.number);
    }
    return context_.database.snapshot([&](storage::Connection& connection) {
      storage::CatalogueRepository repository(connection, context_.store_id);
      StoredGoods goods;
      goods.by_number = repository.ids_by_number(numbers);
      goods.active_by_code = repository.active_by_code(codes);
      std::set<catalogue::ItemId> ids;
      for (const auto& [number, id] : goods.by_number) ids.insert(id);
      for (const auto& [code, id] : goods.active_by_code) ids.insert(id);
      const std::vector<catalogue::ItemId> list(ids.begin(), ids.end());
      for (auto& item : repository.by_ids(list)) goods.items.emplace(item.id, std::move(item));
      return goods;
    });
  }

  std::optional<ItemImport> prepare(const ItemRow& row, const StoredGoods& goods, RowsSoFar& of_batch,
                                    std::vector<Finding>& findings) {
    const auto note = [&](importing::Column column, Error error, bool warning) {
      findings.push_back({row.line, columns_->heading(column), shown_identity(row), std::move(error), warning});
    };
    auto match = match_row(row, goods);
    if (!match) {
      note(importing::Column::barcode, std::move(match.error()), false);
      return std::nullopt;
    }
    auto first = so_far_.check(row, match->number);
    if (first) first = of_batch.check(row, match->number);
    if (!first) {
      const auto column = column_of(first.error().code);
      note(column, std::move(first.error()), false);
      return std::nullopt;
    }
    auto import = import_of(row, *match, taxes_, context_.clock.now());
    if (!import) {
      note(importing::Column::tax, std::move(import.error()), false);
      return std::nullopt;
    }
    of_batch.add(row, match->number);
    for (Error& warning : match->warnings) note(importing::Column::number, std::move(warning), true);
    return std::move(*import);
  }

  void note_refusal(const std::vector<ItemRow>& rows, const ItemImportResult& result) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const ItemRow& r) { return r.line == result.line; });
    report_->note({result.line, columns_->heading(column_of(result.error->code)),
                   row == rows.end() ? std::string() : shown_identity(*row), *result.error, false});
  }

  ServiceContext context_;
  CatalogueService& catalogue_;
  const Principal principal_;
  const std::shared_ptr<ImportReport> report_;
  const StopAsked stop_asked_;
  const importing::ColumnMap* columns_ = nullptr;
  std::vector<catalogue::TaxCategory> taxes_;
  std::vector<ItemRow> batch_;
  std::optional<StoredGoods> before_unknown_;  // set: the first try to store the batch may have been committed
  RowsSoFar so_far_;
};

class ImportService::Impl {
 public:
  Impl(ServiceContext context, CatalogueService& catalogue) : context_(context), catalogue_(catalogue) {}
  ~Impl() { stop(); }

  Result<std::shared_ptr<ImportReport>> begin(const Principal& principal, std::string file_name, std::string content) {
    if (auto may = require(principal, access::Permission::items_import); !may) return fail(std::move(may.error()));
    if (content.size() > max_file_bytes) {
      return fail("import.too_large", "The file is larger than 64 MiB. Divide it into several files.");
    }
    const std::lock_guard lock(mutex_);
    if (stopping_) return fail("import.stopping", "The server is being stopped. Import the file afterwards.");
    if (working_) {
      return fail("import.busy", "Another file is being imported. Wait until it is done.",
                  {{"import_id", reports_.back().first}});
    }
    if (worker_.joinable()) worker_.join();
    const std::string id = Uuid::make_v7(context_.clock.now().instant.unix_ms, context_.random).to_string();
    auto report = std::make_shared<ImportReport>(id, std::move(file_name), max_problems);
    reports_.emplace_back(id, report);
    if (reports_.size() > kept_imports) reports_.pop_front();
    worker_ = std::thread([this, principal, report, text = std::move(content)]() mutable {
      ImportRun(context_, catalogue_, principal, report, [this](auto time) {
        return stop_asked(time);
      }).run(std::move(text));
      const std::lock_guard done_lock(mutex_);
      working_ = false;
      changed_.notify_all();
    });
    working_ = true;
    return report;
  }

  Result<std::shared_ptr<ImportReport>> find(const Principal& principal, const std::string& id) {
    if (auto may = require(principal, access::Permission::items_import); !may) return fail(std::move(may.error()));
    const std::lock_guard lock(mutex_);
    for (const auto& [known, report] : reports_) {
      if (known == id) return report;
    }
    return fail("import.unknown", "This import is not known (any more). Import the file again if in doubt.");
  }

  void wait(const ImportReport& report) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !working_ || !report.running(); });
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_all();
    }
    if (worker_.joinable()) worker_.join();
  }

 private:
  bool stop_asked(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return stopping_; });
  }

  ServiceContext context_;
  CatalogueService& catalogue_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool working_ = false;
  std::deque<std::pair<std::string, std::shared_ptr<ImportReport>>> reports_;
  std::thread worker_;
};

ImportService::ImportService(ServiceContext context, CatalogueService& catalogue)
    : impl_(std::make_unique<Impl>(context, catalogue)) {}
ImportService::~ImportService() = default;

Result<protocol::ImportStatus> ImportService::start(const Principal& principal, std::string file_name,
                                                    std::string content) {
  auto report = impl_->begin(principal, std::move(file_name), std::move(content));
  if (!report) return fail(std::move(report.error()));
  return (*report)->status();
}

Result<protocol::ImportStatus> ImportService::status(const Principal& principal, const std::string& import_id) {
  auto report = impl_->find(principal, import_id);
  if (!report) return fail(std::move(report.error()));
  return (*report)->status();
}

Result<protocol::ImportStatus> ImportService::run(const Principal& principal, std::string file_name,
                                                  std::string content) {
  auto report = impl_->begin(principal, std::move(file_name), std::move(content));
  if (!report) return fail(std::move(report.error()));
  impl_->wait(**report);
  return (*report)->status();
}

void ImportService::stop() {
  impl_->stop();
}

}  // namespace lanekeeper::services

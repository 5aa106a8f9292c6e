#include "program/commands.h"

#include <cstdio>

#include "http/admin_socket.h"
#include "ops/audit.h"
#include "program/administration.h"
#include "program/doctor.h"
#include "program/store.h"

namespace lanekeeper::server {
namespace {

void print(const std::string& text) {
  std::fputs((text + "\n").c_str(), stdout);
}

int complain(const Error& error) {
  std::string text = error.code + ": " + error.message;
  for (const auto& [name, value] : error.details) text += fmt::format("\n  {}: {}", name, value);
  std::fputs((text + "\n").c_str(), stderr);
  return 1;
}

// Faults are told in one place, here: for a command they end the program anyway.
template <class F>
int guarded(F&& command) {
  try {
    return command();
  } catch (const Fault& fault) {
    return complain({fault.code(), fault.what(), {}});
  } catch (const std::exception& fault) {
    return complain({"server.fault", fault.what(), {}});
  }
}

Result<json::Value> administer_anywhere(const Options& options, const json::Value& request, Where where) {
  auto answer = http::call_admin(options.admin_socket(), request);
  const bool nobody = !answer && answer.error().code == "admin.not_running";
  if (!nobody || where == Where::running_server) return answer;
  auto lock = DirectoryLock::take(options.data_dir);
  if (!lock) return fail(std::move(lock.error()));
  auto store = Store::open(options, std::move(*lock));
  if (!store) return fail(std::move(store.error()));
  return administer(**store, request);
}

}  // namespace

int run_administration(const Options& options, const json::Value& request, Where where) {
  return guarded([&] {
    const auto result = administer_anywhere(options, request, where);
    if (!result) return complain(result.error());
    print(result->empty() ? "done" : result->dump(request.value("command", "") == "database-info" ? -1 : 2));
    return 0;
  });
}

int run_migrate(const Options& options) {
  return guarded([&] {
    auto lock = DirectoryLock::take(options.data_dir);
    if (!lock) return complain(lock.error());
    auto database = StoreDatabase::open(options);
    if (!database) return complain(database.error());
    const auto report = storage::migrate((*database)->database(), SystemClock());
    if (!report) return complain(report.error());
    for (const std::string& name : report->applied) print("applied " + name);
    print(fmt::format("schema version {}", report->to));
    return 0;
  });
}

int with_database(const Options& options, const std::function<Result<int>(storage::Database&)>& work) {
  return guarded([&] {
    const auto told = [&](storage::Database& database) {
      const auto status = work(database);
      return status ? *status : complain(status.error());
    };
    const auto running = http::call_admin(options.admin_socket(), {{"command", "database-info"}});
    if (running) {
      storage::Database database(ops::for_audit(database_of(*running)));
      return told(database);
    }
    if (options.managed() && !std::filesystem::exists(options.database_dir())) {
      return complain(
          {"store.missing", "There is no store in this data directory.", {{"path", options.data_dir.string()}}});
    }
    auto lock = DirectoryLock::take(options.data_dir);
    if (!lock) return complain(lock.error());
    auto database = StoreDatabase::open(options, ops::for_audit);
    if (!database) return complain(database.error());
    return told((*database)->database());
  });
}

int run_audit(const Options& options) {
  return with_database(options, [](storage::Database& database) -> Result<int> {
    const ops::AuditReport report = ops::audit(database, 1);
    std::fputs(report.to_string().c_str(), stdout);
    return report.clean() ? 0 : 1;
  });
}

int run_doctor(const Options& options) {
  return guarded([&] {
    bool well = true;
    for (const Finding& finding : examine(options)) {
      const char* const mark = finding.grade == Grade::good      ? "ok  "
                               : finding.grade == Grade::warning ? "warn"
                                                                 : "FAIL";
      print(fmt::format("{} {}", mark, finding.text));
      if (finding.grade == Grade::bad) well = false;
    }
    return well ? 0 : 1;
  });
}

}  // namespace lanekeeper::server

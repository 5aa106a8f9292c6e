#include "program/store_server.h"

#include <csignal>

#include <spdlog/spdlog.h>

#include "http/admin_socket.h"
#include "http/metrics.h"
#include "http/server.h"
#include "net/https_client.h"
#include "program/administration.h"
#include "program/logging.h"
#include "program/store.h"

namespace lanekeeper::server {
namespace {

using namespace std::chrono_literals;

constexpr auto drain_patience = 10s;
constexpr auto goodbye_patience = 1s;

void log_error(const Error& error) {
  std::string details;
  for (const auto& [name, value] : error.details) details += fmt::format(" {}={}", name, value);
  spdlog::error("{}: {}{}", error.code, error.message, details);
}

std::vector<http::Reading> readings(Store& store, const http::Server& server) {
  const auto gauge = [](std::string name, std::string help, std::function<std::int64_t()> read) {
    return http::Reading{std::move(name), std::move(help), false, std::move(read)};
  };
  const auto counter = [](std::string name, std::string help, std::function<std::int64_t()> read) {
    return http::Reading{std::move(name), std::move(help), true, std::move(read)};
  };
  storage::Database& database = store.database->database();
  return {
      gauge("lanekeeper_connections", "Connections, push channel included",
            [&server] { return server.statistics().connections; }),
      counter("lanekeeper_connections_refused_total", "Connections refused for limits",
              [&server] { return server.statistics().refused; }),
      counter("lanekeeper_connections_accepted_total", "Connections accepted",
              [&server] { return server.statistics().accepted; }),
      counter("lanekeeper_handshake_failures_total", "TLS handshakes that failed",
              [&server] { return server.statistics().handshake_failures; }),
      gauge("lanekeeper_tills_connected", "Tills on the push channel",
            [&store] { return store.hub.statistics().tills; }),
      gauge("lanekeeper_offices_connected", "Offices on the push channel",
            [&store] { return store.hub.statistics().offices; }),
      counter("lanekeeper_push_messages_total", "Messages handed to push connections",
              [&store] { return store.hub.statistics().sent; }),
      counter("lanekeeper_push_overruns_total", "Push connections ended because they did not read",
              [&store] { return store.hub.statistics().overruns; }),
      counter("lanekeeper_journal_entries_stored_total", "Journal entries stored",
              [&store] { return store.sales.statistics().entries_stored; }),
      counter("lanekeeper_journal_entries_duplicate_total", "Journal entries that were there already",
              [&store] { return store.sales.statistics().entries_duplicate; }),
      counter("lanekeeper_journal_entries_aside_total", "Journal entries kept aside",
              [&store] { return store.sales.statistics().entries_aside; }),
      counter("lanekeeper_journal_batches_total", "Transactions that stored journal entries",
              [&store] { return store.sales.statistics().batches; }),
      counter("lanekeeper_exceptions_total", "Exceptions raised",
              [&store] { return store.sales.statistics().exceptions; }),
      gauge("lanekeeper_journal_uploads_waiting", "Uploads that wait to be stored",
            [&store] { return store.sales.statistics().waiting_uploads; }),
      gauge("lanekeeper_database_up", "Whether the database runs",
            [&store]() -> std::int64_t { return store.database->running() ? 1 : 0; }),
      counter("lanekeeper_database_restarts_total", "Times the managed database died by itself",
              [&store] { return store.database->restarts(); }),
      gauge("lanekeeper_database_queue", "Work that waits for a database worker",
            [&database] { return database.statistics().queued; }),
      gauge("lanekeeper_database_working", "Database workers at work",
            [&database] { return database.statistics().working; }),
      counter("lanekeeper_database_transactions_total", "Transactions committed",
              [&database] { return database.statistics().transactions; }),
      counter("lanekeeper_database_retries_total", "Transactions repeated after a deadlock",
              [&database] { return database.statistics().retries; }),
      counter("lanekeeper_database_refused_total", "Work refused because the queue was full",
              [&database] { return database.statistics().refused; }),
      gauge("lanekeeper_disk_free_bytes", "Free space for the database",
            [&store] { return store.database->free_disk_bytes(); }),
  };
}

Result<http::ServerConfig> listener_config(const Store& store) {
  auto endpoint = net::Endpoint::parse(store.options.listen);
  if (!endpoint) return fail(std::move(endpoint.error()));
  http::ServerConfig config;
  config.host = endpoint->host == "localhost" ? "127.0.0.1" : endpoint->host;
  config.port = endpoint->port;
  config.ca_pem = store.keys.ca.certificate_pem();
  config.certificate_pem = store.keys.server_certificate_pem;
  config.key_pem = store.keys.server_key_pem;
  config.io_threads = store.options.io_threads;
  return config;
}

sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Work that is nobody's request. What fails is done the next time.
template <class F>
void on_worker(Store& store, const char* what, F&& work) {
  const auto queued = store.database->database().submit([what, work](storage::Connection&) {
    try {
      work();
    } catch (const std::exception& fault) {
      spdlog::warn("{}: {}", what, fault.what());
    }
  });
  if (!queued) spdlog::warn("{}: {}", what, queued.error().code);
}

void store_contacts(Store& store) {
  on_worker(store, "last contacts were not stored", [&store] { store.devices.store_contacts(); });
}

void tell_untaken(Store& store) {
  on_worker(store, "baskets that nobody took up were not told of", [&store] {
    if (const auto told = store.suspended.tell_untaken(); told > 0) {
      spdlog::info("{} baskets were put aside and not taken up on their day", told);
    }
  });
}

void wait_for_end(Store& store) {
  const sigset_t signals = end_signals();
  constexpr timespec period{services::DeviceService::store_contact_every_ms / 1000, 0};
  for (;;) {
    const int signal = sigtimedwait(&signals, nullptr, &period);
    if (signal > 0) {
      spdlog::info("signal {}: stopping", signal);
      return;
    }
    if (errno != EAGAIN) continue;
    store_contacts(store);
    tell_untaken(store);
  }
}

int run(Store& store) {
  auto config = listener_config(store);
  if (!config) {
    log_error(config.error());
    return 1;
  }
  http::Metrics metrics;
  http::Server server(*config, services_of(store, metrics));
  metrics.add(readings(store, server));
  http::AdminSocket admin(store.options.admin_socket(),
                          [&store](const json::Value& request) { return administer(store, request); });
  store.hub.catalogue_changed(store.catalogue.version());
  store.hub.store_changed(store.store.version());
  auto started = admin.start();
  if (started) started = server.start();
  if (!started) {
    log_error(started.error());
    return 1;
  }
  spdlog::info("lanekeeper-server {} serves {} at {}:{}", LANEKEEPER_VERSION, store.store.name(), config->host,
               server.port());
  wait_for_end(store);
  server.drain(drain_patience);
  store.hub.stop(goodbye_patience);
  store.imports.stop();
  store.reratings.stop();
  store_contacts(store);
  // What is queued may still answer to sessions, so the io threads end after it.
  store.database->database().close();
  server.finish();
  return 0;
}

}  // namespace

int serve(const Options& options) {
  const sigset_t signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  start_plain_logging();  // until we know that the log is ours
  try {
    auto lock = DirectoryLock::take(options.data_dir);
    if (!lock) {
      log_error(lock.error());
      return 1;
    }
    if (auto logging = start_logging(options.data_dir / "log", options.log_level); !logging) {
      log_error(logging.error());
      return 1;
    }
    auto store = Store::open(options, std::move(*lock));
    if (!store) {
      log_error(store.error());
      return 1;
    }
    const int status = run(**store);
    store->reset();
    spdlog::info("stopped");
    return status;
  } catch (const Fault& fault) {
    spdlog::error("{}: {}", fault.code(), fault.what());
  } catch (const std::exception& fault) {
    spdlog::error("fault: {}", fault.what());
  }
  return 1;
}

}  // namespace lanekeeper::server

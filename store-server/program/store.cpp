#include "program/store.h"

#include <cstdio>

#include <spdlog/spdlog.h>

#include "program/metrics_token.h"
#include "services/demo_store.h"
#include "services/secret_text.h"

namespace lanekeeper::server {
namespace {

void log_event(const ops::DatabaseEvent& event) {
  using Severity = ops::DatabaseEvent::Severity;
  const auto level = event.severity == Severity::error     ? spdlog::level::err
                     : event.severity == Severity::warning ? spdlog::level::warn
                                                           : spdlog::level::info;
  spdlog::log(level, "{}: {}", event.code, event.message);
}

Result<void> load_demo(Store& store) {
  auto report = services::load_demo_store({store.store, store.imports, store.members, store.promotions, store.settings},
                                          store.options.demo_dir);
  if (!report) return fail(std::move(report.error()));
  spdlog::info("demo loaded: {} goods added, {} changed, {} members, {} promotions", report->goods.added,
               report->goods.changed, report->members, report->promotions);
  // These secrets are public: they stand in the demo's own file. The log keeps none all the same.
  for (const services::DemoPerson& person : report->people) {
    fmt::print("{} {} PIN {} password {}{}\n", person.number, person.name, person.pin.empty() ? "-" : person.pin,
               person.password.empty() ? "-" : person.password, person.badge ? " badge " + *person.badge : "");
  }
  std::fflush(stdout);
  return {};
}

bool is_scraper(const Store& store, const std::string& token) {
  return store.metrics_token && services::equal_in_constant_time(services::hash_of_secret(token), *store.metrics_token);
}

Result<void> prepare(Store& store) {
  auto report = storage::migrate(store.database->database(), store.clock);
  if (!report) return fail(std::move(report.error()));
  for (const std::string& name : report->applied) spdlog::info("migration {} applied", name);
  if (store.store.prepare(store.options.store_name)) spdlog::info("store {} made", store.options.store_name);
  store.members.prepare();
  store.devices.refresh();
  if (!store.options.demo_dir.empty()) return load_demo(store);
  return {};
}

}  // namespace

Result<std::unique_ptr<StoreDatabase>> StoreDatabase::open(const Options& options, const Adjust& adjust) {
  std::unique_ptr<StoreDatabase> opened(new StoreDatabase);
  storage::DatabaseConfig config;
  if (options.managed()) {
    ops::ManagedDatabaseConfig managed;
    managed.directory = std::filesystem::absolute(options.database_dir());
    managed.program = options.database_program;
    managed.on_event = log_event;
    opened->managed_ = std::make_unique<ops::ManagedDatabase>(std::move(managed), opened->random_);
    if (auto started = opened->managed_->start(); !started) return fail(std::move(started.error()));
    const ops::DatabaseConnection connection = opened->managed_->connection();
    config.unix_socket = connection.socket.string();
    config.user = connection.user;
    config.password = connection.password;
    config.schema = connection.schema;
  } else {
    auto parsed = parse_database_address(options.database);
    if (!parsed) return fail(std::move(parsed.error()));
    config = std::move(*parsed);
  }
  config.pool_size = options.database_connections;
  if (adjust) config = adjust(std::move(config));
  opened->database_ = std::make_unique<storage::Database>(std::move(config));
  opened->database_->check();
  return opened;
}

StoreDatabase::~StoreDatabase() {
  database_.reset();
  if (managed_) managed_->stop();
}

bool StoreDatabase::running() const {
  return !managed_ || managed_->state() == ops::DatabaseState::running;
}
std::int64_t StoreDatabase::restarts() const {
  return managed_ ? managed_->status().restarts : 0;
}
std::int64_t StoreDatabase::free_disk_bytes() const {
  return managed_ ? managed_->status().free_disk_bytes : 0;
}

Store::Store(Options given, DirectoryLock taken, StoreKeys opened, std::unique_ptr<StoreDatabase> connected)
    : options(std::move(given)),
      lock(std::move(taken)),
      keys(std::move(opened)),
      database(std::move(connected)),
      context{database->database(), clock, random, hub, 1},
      certificates(keys.ca, random, clock),
      store(context),
      approvals(context),
      catalogue(context),
      coupons(context),
      devices(context),
      enrolments(context, certificates, keys.signing_key.public_key()),
      members(context),
      renewals(context, certificates),
      promotions(context),
      reratings(context),
      sessions(context),
      shifts(context),
      suspended(context),
      settings(context),
      sales(context, keys.signing_key),
      imports(context, catalogue) {
  hub.attach(devices, sessions);
}

Result<std::unique_ptr<Store>> Store::open(const Options& options, DirectoryLock lock) {
  SystemRandom random;
  auto keys = open_store_keys(options.data_dir, options.store_name, local_names(), random, SystemClock().now().instant);
  if (!keys) return fail(std::move(keys.error()));
  if (keys->made_ca) spdlog::info("the store's certificate authority was made in {}", options.data_dir.string());
  if (keys->made_certificate) spdlog::info("the server's certificate was made");
  std::optional<journal::Hash> metrics_token;
  if (!options.metrics_token.empty()) {
    auto token = open_metrics_token(options.metrics_token, random);
    if (!token) return fail(std::move(token.error()));
    metrics_token = *token;
  }
  auto database = StoreDatabase::open(options);
  if (!database) return fail(std::move(database.error()));
  auto store = std::make_unique<Store>(options, std::move(lock), std::move(*keys), std::move(*database));
  store->metrics_token = metrics_token;
  if (auto ready = prepare(*store); !ready) return fail(std::move(ready.error()));
  return store;
}

http::Services services_of(Store& store, http::Metrics& metrics) {
  return http::Services{store.database->database(),
                        store.approvals,
                        store.catalogue,
                        store.coupons,
                        store.devices,
                        store.enrolments,
                        store.imports,
                        store.members,
                        store.renewals,
                        store.promotions,
                        store.reratings,
                        store.sales,
                        store.sessions,
                        store.shifts,
                        store.store,
                        store.suspended,
                        store.settings,
                        store.hub,
                        metrics,
                        store.keys.ca.certificate_pem(),
                        [&store] { return store.database->running(); },
                        [&store](const std::string& token) { return is_scraper(store, token); }};
}

}  // namespace lanekeeper::server

// The store below the network: keys, database, services. The running server has one, and so has a command that finds no
// server running.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/system_clock.h"
#include "base/system_random.h"
#include "http/metrics.h"
#include "http/route.h"
#include "ops/managed_database.h"
#include "program/options.h"
#include "program/private_file.h"
#include "program/store_keys.h"
#include "push/push_hub.h"
#include "services/approval_service.h"
#include "services/catalogue_service.h"
#include "services/coupon_service.h"
#include "services/device_service.h"
#include "services/enrolment_service.h"
#include "services/import_service.h"
#include "services/member_service.h"
#include "services/promotion_service.h"
#include "services/renewal_service.h"
#include "services/rerating_jobs.h"
#include "services/sale_service.h"
#include "services/session_service.h"
#include "services/shift_service.h"
#include "services/store_service.h"
#include "services/suspended_service.h"
#include "services/till_settings.h"
#include "storage/database.h"
#include "storage/migrations.h"

namespace lanekeeper::server {

// How to reach the database; starts it first when it is our own.
class StoreDatabase {
 public:
  // Errors of ManagedDatabase::start(), options.bad_database.
  // adjust (may be empty) changes how connections are made: for work that is no request.
  using Adjust = std::function<storage::DatabaseConfig(storage::DatabaseConfig)>;
  [[nodiscard]] static Result<std::unique_ptr<StoreDatabase>> open(const Options& options, const Adjust& adjust = {});
  ~StoreDatabase();  // closes, then stops the managed one
  StoreDatabase(const StoreDatabase&) = delete;
  StoreDatabase& operator=(const StoreDatabase&) = delete;

  [[nodiscard]] storage::Database& database() { return *database_; }
  [[nodiscard]] bool running() const;  // quick, from any thread
  [[nodiscard]] std::int64_t restarts() const;
  [[nodiscard]] std::int64_t free_disk_bytes() const;

 private:
  StoreDatabase() = default;
  SystemRandom random_;
  std::unique_ptr<ops::ManagedDatabase> managed_;  // null: somebody else's
  std::unique_ptr<storage::Database> database_;
};

struct Store {
  // Opens or makes the keys, starts the database, brings the schema up to date, makes the store's row at the first
  // start, loads the demo when that was asked for. Throws Fault for trouble of the database.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const Options& options, DirectoryLock lock);

  Store(Options given, DirectoryLock taken, StoreKeys opened, std::unique_ptr<StoreDatabase> connected);

  Options options;
  DirectoryLock lock;
  SystemClock clock;
  SystemRandom random;
  StoreKeys keys;
  std::optional<journal::Hash> metrics_token;  // its hash
  std::unique_ptr<StoreDatabase> database;
  push::PushHub hub;
  services::ServiceContext context;
  DeviceCertificates certificates;
  services::StoreService store;
  services::ApprovalService approvals;
  services::CatalogueService catalogue;
  services::CouponService coupons;
  services::DeviceService devices;
  services::EnrolmentService enrolments;
  services::MemberService members;
  services::RenewalService renewals;
  services::PromotionService promotions;
  services::ReratingJobs reratings;
  services::SessionService sessions;
  services::ShiftService shifts;
  services::SuspendedService suspended;
  services::TillSettings settings;
  services::SaleService sales;
  services::ImportService imports;
};

// The same for the listener's handlers.
[[nodiscard]] http::Services services_of(Store& store, http::Metrics& metrics);

}  // namespace lanekeeper::server

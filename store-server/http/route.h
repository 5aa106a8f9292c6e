// The whole surface of the server as data. What is not in the table does not exist; what a route does not allow is
// refused before a byte of its body is read. A test walks the table, another compares it with
// docs/protocol/openapi.yaml.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/permissions.h"
#include "http/answer.h"
#include "http/request.h"

namespace lanekeeper::services {
class ApprovalService;
class CatalogueService;
class CouponService;
class DeviceService;
class EnrolmentService;
class ImportService;
class MemberService;
class PromotionService;
class RenewalService;
class ReratingJobs;
class SaleService;
class SessionService;
class ShiftService;
class StoreService;
class SuspendedService;
class TillSettings;
}  // namespace lanekeeper::services
namespace lanekeeper::storage {
class Database;
}
namespace lanekeeper::push {
class PushHub;
}

namespace lanekeeper::http {

class Metrics;

// All that handlers may use; everything outlives the server.
struct Services {
  storage::Database& database;
  services::ApprovalService& approvals;
  services::CatalogueService& catalogue;
  services::CouponService& coupons;
  services::DeviceService& devices;
  services::EnrolmentService& enrolments;
  services::ImportService& imports;
  services::MemberService& members;
  services::RenewalService& renewals;
  services::PromotionService& promotions;
  services::ReratingJobs& reratings;
  services::SaleService& sales;
  services::SessionService& sessions;
  services::ShiftService& shifts;
  services::StoreService& store;
  services::SuspendedService& suspended;
  services::TillSettings& settings;
  push::PushHub& hub;
  Metrics& metrics;
  std::string ca_pem;
  std::function<bool()> healthy;                             // quick, from any thread
  std::function<bool(const std::string& token)> is_scraper;  // the same; empty: nobody is
};

enum class Access {
  everyone,  // without certificate
  device,    // an enrolled device
  till,      // an enrolled till
  person,    // an enrolled device and a session of a person with the permission
  scraper,   // who shows the token of --metrics-token, without certificate; or as person
};

// Quick and in memory: runs on an io thread.
struct AtOnce {
  Result<Answer> (*handle)(Services&, const Request&);
};
// Uses the database: runs on one of its workers.
struct OnWorker {
  Result<Answer> (*handle)(Services&, const Request&);
};
// Answers later, from any thread, exactly once. Starts on an io thread and must not block it.
struct Later {
  void (*handle)(Services&, Request, std::function<void(Result<Answer>)>);
};
struct ToPushChannel {};  // becomes a WebSocket
using Handler = std::variant<AtOnce, OnWorker, Later, ToPushChannel>;

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/v1/items/{id}"
  Access access = Access::person;
  std::optional<access::Permission> permission;  // exactly when access is person or scraper
  std::size_t body_limit = 0;                    // bytes; 0: no body
  std::chrono::seconds deadline{10};             // from the first byte to the beginning of the answer
  Handler handler;
};

[[nodiscard]] std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;              // null: nothing there for this method
  std::vector<std::string> path_parameters;  // decoded
  std::string allow;                         // the methods that the path has; empty: no such path
};
// request.malformed for a badly encoded path.
[[nodiscard]] Result<Match> find_route(std::string_view method, std::string_view path);

// Whether this principal may use the route: access.not_enrolled, access.not_a_till, access.sign_in_first,
// access.forbidden.
[[nodiscard]] Result<void> authorise(const Route& route, const services::Principal& principal);

}  // namespace lanekeeper::http

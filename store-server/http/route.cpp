#include "http/route.h"

#include "http/handlers.h"

namespace lanekeeper::http {
namespace {

using access::Permission;
using std::chrono::seconds;

constexpr std::size_t kib = 1024;
constexpr std::size_t small = 256 * kib;
constexpr std::size_t settings_limit = 1024 * kib;  // a template and the one before, as JSON strings
constexpr std::size_t basket_limit = 2048 * kib;    // a thousand lines with notes
constexpr std::size_t journal_limit = 4096 * kib;
// Definitions of up to 8 MiB, as a JSON string: quotes and backslashes take two bytes there.
constexpr std::size_t promotions_limit = 16 * 1024 * kib;
constexpr std::size_t import_limit = 64 * 1024 * kib;
constexpr seconds quick{10};
constexpr seconds paging{30};
constexpr seconds upload{30};
constexpr seconds import_upload{300};

constexpr Route open(std::string_view method, std::string_view pattern, std::size_t body, Handler handler) {
  return {method, pattern, Access::everyone, std::nullopt, body, quick, handler};
}
constexpr Route device(std::string_view method, std::string_view pattern, std::size_t body, seconds deadline,
                       Handler handler) {
  return {method, pattern, Access::device, std::nullopt, body, deadline, handler};
}
constexpr Route till(std::string_view method, std::string_view pattern, std::size_t body, seconds deadline,
                     Handler handler) {
  return {method, pattern, Access::till, std::nullopt, body, deadline, handler};
}
constexpr Route person(std::string_view method, std::string_view pattern, Permission permission, std::size_t body,
                       seconds deadline, Handler handler) {
  return {method, pattern, Access::person, permission, body, deadline, handler};
}

constexpr Route table[] = {
    open("GET", "/v1/hello", 0, OnWorker{hello}),
    open("GET", "/v1/health", 0, AtOnce{health}),
    open("POST", "/v1/enrolments", small, OnWorker{request_enrolment}),
    open("GET", "/v1/enrolments/{id}", 0, OnWorker{poll_enrolment}),
    person("GET", "/v1/enrolments", Permission::devices_approve, 0, quick, OnWorker{waiting_enrolments}),
    person("POST", "/v1/enrolments/{id}/approval", Permission::devices_approve, small, quick,
           OnWorker{approve_enrolment}),
    person("POST", "/v1/enrolments/{id}/rejection", Permission::devices_approve, 0, quick, OnWorker{reject_enrolment}),
    device("POST", "/v1/sessions", small, quick, Later{sign_in}),
    device("DELETE", "/v1/sessions", 0, quick, AtOnce{sign_out}),
    device("POST", "/v1/certificate", small, quick, OnWorker{renew_certificate}),
    device("GET", "/v1/store", 0, quick, OnWorker{store_profile}),
    device("GET", "/v1/promotions", 0, paging, OnWorker{promotion_books}),
    device("GET", "/v1/promotions/uses", 0, quick, OnWorker{promotion_uses}),
    till("POST", "/v1/coupons", small, quick, OnWorker{reserve_coupon}),
    till("POST", "/v1/coupons/release", small, quick, OnWorker{release_coupon}),
    till("POST", "/v1/suspended", basket_limit, quick, OnWorker{suspend_basket}),
    till("GET", "/v1/suspended", 0, quick, OnWorker{list_suspended}),
    till("POST", "/v1/suspended/{id}/recall", 0, quick, OnWorker{recall_basket}),
    till("POST", "/v1/approvals", small, quick, OnWorker{ask_approval}),
    device("GET", "/v1/approvals", 0, quick, OnWorker{list_approvals}),
    till("GET", "/v1/approvals/{id}", 0, quick, OnWorker{approval_status}),
    person("POST", "/v1/approvals/{id}/answer", Permission::approvals_answer, small, quick, OnWorker{answer_approval}),
    till("POST", "/v1/approvals/{id}/till-answer", small, quick, OnWorker{answer_approval_at_till}),
    till("POST", "/v1/approvals/{id}/withdrawal", 0, quick, OnWorker{withdraw_approval}),
    device("GET", "/v1/sales/returnable", 0, quick, OnWorker{returnable_sale}),
    till("GET", "/v1/sales/search", 0, quick, OnWorker{search_sales}),
    till("POST", "/v1/returns/release", small, quick, OnWorker{release_return}),
    device("GET", "/v1/members", 0, paging, OnWorker{member_page}),
    device("GET", "/v1/catalogue", 0, paging, OnWorker{catalogue_page}),
    till("POST", "/v1/journal", journal_limit, upload, Later{ingest_journal}),
    till("GET", "/v1/journal/position", 0, quick, OnWorker{journal_position}),
    device("GET", "/v1/push", 0, quick, ToPushChannel{}),
    person("GET", "/v1/items", Permission::items_read, 0, quick, OnWorker{list_items}),
    person("GET", "/v1/items/{id}", Permission::items_read, 0, quick, OnWorker{get_item}),
    person("POST", "/v1/items", Permission::items_edit, small, quick, OnWorker{create_item}),
    person("PUT", "/v1/items/{id}", Permission::items_edit, small, quick, OnWorker{update_item}),
    person("POST", "/v1/imports", Permission::items_import, import_limit, import_upload, OnWorker{start_import}),
    person("GET", "/v1/imports/{id}", Permission::items_import, 0, quick, AtOnce{import_status}),
    person("GET", "/v1/promotions/books", Permission::promotions_read, 0, quick, OnWorker{list_promotions}),
    person("GET", "/v1/promotions/books/{version}", Permission::promotions_read, 0, paging, OnWorker{get_promotions}),
    person("POST", "/v1/promotions/books", Permission::promotions_edit, promotions_limit, upload,
           OnWorker{publish_promotions}),
    person("POST", "/v1/promotions/check", Permission::promotions_edit, promotions_limit, upload,
           OnWorker{check_promotions}),
    person("POST", "/v1/promotions/books/{version}/restore", Permission::promotions_edit, 0, upload,
           OnWorker{restore_promotions}),
    person("POST", "/v1/promotions/rerates", Permission::promotions_edit, small, quick, AtOnce{start_rerating}),
    person("GET", "/v1/promotions/rerates/{id}", Permission::promotions_read, 0, quick, AtOnce{rerating_status}),
    person("POST", "/v1/promotions/rerates/{id}/cancellation", Permission::promotions_edit, 0, quick,
           AtOnce{cancel_rerating}),
    person("GET", "/v1/sales", Permission::sales_read, 0, paging, OnWorker{list_sales}),
    person("GET", "/v1/sales/{till}/{sequence}", Permission::sales_read, 0, quick, OnWorker{get_sale}),
    person("GET", "/v1/shifts", Permission::sales_read, 0, paging, OnWorker{list_shifts}),
    person("POST", "/v1/shifts/{till}/{number}/loss", Permission::shift_close_other, small, quick,
           OnWorker{give_up_shift}),
    person("GET", "/v1/settings", Permission::store_settings, 0, quick, OnWorker{get_settings}),
    person("PUT", "/v1/settings/till-policy", Permission::store_settings, small, quick, OnWorker{change_till_policy}),
    person("PUT", "/v1/settings/receipt-templates/{kind}/{language}", Permission::store_settings, settings_limit, quick,
           OnWorker{change_receipt_template}),
    person("POST", "/v1/settings/receipt-templates/{kind}/{language}/removal", Permission::store_settings,
           settings_limit, quick, OnWorker{remove_receipt_template}),
    person("GET", "/v1/exceptions", Permission::exceptions_read, 0, paging, OnWorker{list_exceptions}),
    person("GET", "/v1/devices", Permission::devices_read, 0, quick, OnWorker{list_devices}),
    person("POST", "/v1/devices/{id}/revocation", Permission::devices_approve, 0, quick, OnWorker{revoke_device}),
    {"GET", "/metrics", Access::scraper, Permission::ops_metrics, 0, quick, AtOnce{metrics}},
};

std::string_view take_segment(std::string_view& rest) {
  rest.remove_prefix(1);  // the slash
  const auto end = rest.find('/');
  const std::string_view segment = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
  return segment;
}

// The raw values of the parameters, or nothing when the path is another one.
std::optional<std::vector<std::string_view>> match_path(std::string_view pattern, std::string_view path) {
  std::vector<std::string_view> values;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const std::string_view given = take_segment(path);
    if (wanted.starts_with('{')) {
      if (given.empty()) return std::nullopt;
      values.push_back(given);
    } else if (wanted != given) {
      return std::nullopt;
    }
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return values;
}

}  // namespace

std::span<const Route> routes() {
  return table;
}

Result<Match> find_route(std::string_view method, std::string_view path) {
  Match match;
  for (const Route& route : table) {
    const auto values = match_path(route.pattern, path);
    if (!values) continue;
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += route.method;
    if (route.method != method || match.route != nullptr) continue;
    match.route = &route;
    for (const std::string_view value : *values) {
      auto decoded = percent_decode(value, false);
      if (!decoded) return fail(std::move(decoded.error()));
      match.path_parameters.push_back(std::move(*decoded));
    }
  }
  return match;
}

Result<void> authorise(const Route& route, const services::Principal& principal) {
  const auto without_value = [](auto result) -> Result<void> {
    if (!result) return fail(std::move(result.error()));
    return {};
  };
  switch (route.access) {
    case Access::everyone:
      return {};
    case Access::device:
      return without_value(services::require_device(principal));
    case Access::till:
      return without_value(services::require_till(principal));
    case Access::person:
    case Access::scraper:
      if (route.permission) return services::require(principal, *route.permission);
      break;
  }
  return fail("access.forbidden", "This is not allowed to anybody.", {{"permission", "none"}});
}

}  // namespace lanekeeper::http

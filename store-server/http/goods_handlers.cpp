#include "http/handlers.h"
#include "services/catalogue_service.h"
#include "services/import_service.h"

namespace lanekeeper::http {
namespace {

std::optional<protocol::ItemState> item_state(std::string_view name) {
  for (const auto& [state, known] : json::EnumNames<protocol::ItemState>::names) {
    if (known == name) return state;
  }
  return std::nullopt;
}

}  // namespace

Result<Answer> catalogue_page(Services& services, const Request& request) {
  const auto since = request.number("since", 0, 0, INT64_MAX);
  if (!since) return fail(since.error());
  const auto after = request.number("after", 0, 0, INT64_MAX);
  if (!after) return fail(after.error());
  const auto limit =
      request.number("limit", services::CatalogueService::max_page, 1, services::CatalogueService::max_page);
  if (!limit) return fail(limit.error());
  auto page = services.catalogue.page_json(request.principal, *since, *after, *limit);
  if (!page) return fail(std::move(page.error()));
  return Answer{200, "application/json", std::move(*page), {}};
}

Result<Answer> list_items(Services& services, const Request& request) {
  services::ItemQuery query;
  query.text = request.text("query");
  const auto category = request.number("category", -1, 0, INT64_MAX);
  if (!category) return fail(category.error());
  if (*category >= 0) query.category = *category;
  if (const std::string state = request.text("state"); !state.empty()) {
    query.state = item_state(state);
    if (!query.state) {
      return fail("request.bad_parameter", "There is no such state of goods.", {{"name", "state"}, {"value", state}});
    }
  }
  const auto after = request.number("after", 0, 0, INT64_MAX);
  if (!after) return fail(after.error());
  query.after = *after;
  const auto limit = request.number("limit", 100, 1, 500);
  if (!limit) return fail(limit.error());
  query.limit = *limit;
  return answer_with(services.catalogue.list(request.principal, query));
}

Result<Answer> get_item(Services& services, const Request& request) {
  const auto id = request.path_number(0);
  if (!id) return fail(id.error());
  return answer_with(services.catalogue.get(request.principal, *id));
}

Result<Answer> create_item(Services& services, const Request& request) {
  auto item = request.decode<catalogue::Item>();
  if (!item) return fail(std::move(item.error()));
  return answer_with(services.catalogue.create(request.principal, std::move(*item)), 201);
}

Result<Answer> update_item(Services& services, const Request& request) {
  const auto id = request.path_number(0);
  if (!id) return fail(id.error());
  auto item = request.decode<catalogue::Item>();
  if (!item) return fail(std::move(item.error()));
  item->id = *id;
  return answer_with(services.catalogue.update(request.principal, std::move(*item)));
}

Result<Answer> start_import(Services& services, const Request& request) {
  const std::string name = request.text("name");
  if (name.empty()) return fail("request.bad_parameter", "The name of the file is missing.", {{"name", "name"}});
  return answer_with(services.imports.start(request.principal, name, request.body), 202);
}

Result<Answer> import_status(Services& services, const Request& request) {
  return answer_with(services.imports.status(request.principal, request.path[0]));
}

}  // namespace lanekeeper::http

#include "http/handlers.h"
#include "services/sale_service.h"
#include "storage/database.h"

namespace lanekeeper::http {
namespace {

// Reading a large upload takes longer than an io thread may be busy.
constexpr std::size_t decode_on_worker_bytes = 64 * 1024;

void decode_and_ingest(Services& services, Request request, Reply reply) {
  auto upload = request.decode<protocol::JournalUpload>();
  if (!upload) return reply(fail(std::move(upload.error())));
  services.sales.ingest(
      std::move(request.principal), std::move(*upload),
      [reply = std::move(reply)](const Result<protocol::JournalAck>& ack) { reply(answer_with(ack)); });
}

}  // namespace

void ingest_journal(Services& services, Request request, Reply reply) {
  if (request.body.size() < decode_on_worker_bytes) {
    return decode_and_ingest(services, std::move(request), std::move(reply));
  }
  auto shared = std::make_shared<Request>(std::move(request));
  const auto queued = services.database.submit(
      [&services, shared, reply](storage::Connection&) { decode_and_ingest(services, std::move(*shared), reply); });
  if (!queued) reply(fail(queued.error()));
}

Result<Answer> list_sales(Services& services, const Request& request) {
  services::SaleQuery query;
  auto date = Date::parse(request.text("date"));
  if (!date) return fail("request.bad_parameter", "A parameter of the request is not a date.", {{"name", "date"}});
  query.business_date = *date;
  const auto till = request.number("till", 0, 0, 99999);
  if (!till) return fail(till.error());
  query.till = *till;
  const auto limit = request.number("limit", 100, 1, 500);
  if (!limit) return fail(limit.error());
  query.limit = *limit;
  query.before = request.text("before");
  query.only_exceptions = request.text("only_exceptions") == "true";
  return answer_with(services.sales.list(request.principal, query));
}

Result<Answer> returnable_sale(Services& services, const Request& request) {
  const auto till = request.number("till", 0, 1, 99999);
  if (!till) return fail(till.error());
  const auto receipt = request.number("receipt", 0, 1, INT64_MAX);
  if (!receipt) return fail(receipt.error());
  return answer_with(services.sales.returnable(request.principal, *till, *receipt));
}

Result<Answer> search_sales(Services& services, const Request& request) {
  protocol::SaleSearch search;
  const auto bad = [](const char* name) {
    return fail("request.bad_parameter", "A parameter of the request is not what it should be.", {{"name", name}});
  };
  const auto from = Date::parse(request.text("from"));
  if (!from) return bad("from");
  search.from = *from;
  const auto to = Date::parse(request.text("to"));
  if (!to) return bad("to");
  search.to = *to;
  const auto optional_number = [&request](const char* name,
                                          std::int64_t highest) -> Result<std::optional<std::int64_t>> {
    if (request.text(name).empty()) return std::nullopt;
    const auto value = request.number(name, 0, 1, highest);
    if (!value) return fail(value.error());
    return *value;
  };
  const auto member = optional_number("member", INT64_MAX);
  if (!member) return fail(member.error());
  search.member = *member;
  const auto item = optional_number("item", INT64_MAX);
  if (!item) return fail(item.error());
  search.item = *item;
  const auto till = optional_number("till", 99999);
  if (!till) return fail(till.error());
  search.till = *till;
  if (const auto text = request.text("amount"); !text.empty()) {
    const auto amount = Money::parse(text);
    if (!amount) return bad("amount");
    search.amount = *amount;
  }
  const auto limit = request.number("limit", protocol::max_found_sales, 1, protocol::max_found_sales);
  if (!limit) return fail(limit.error());
  search.limit = *limit;
  return answer_with(services.sales.search(request.principal, search));
}

Result<Answer> release_return(Services& services, const Request& request) {
  const auto release = request.decode<protocol::ReturnRelease>();
  if (!release) return fail(release.error());
  return answer_with(services.sales.release_return(request.principal, *release));
}

Result<Answer> get_sale(Services& services, const Request& request) {
  const auto till = request.path_number(0);
  if (!till) return fail(till.error());
  const auto sequence = request.path_number(1);
  if (!sequence) return fail(sequence.error());
  return answer_with(services.sales.detail(request.principal, *till, *sequence));
}

Result<Answer> list_exceptions(Services& services, const Request& request) {
  const auto limit = request.number("limit", 100, 1, 500);
  if (!limit) return fail(limit.error());
  services::ExceptionFilter filter;
  const auto hours = request.number("hours", 0, 1, 366 * 24);
  if (!hours) return fail(hours.error());
  filter.hours = *hours;
  const auto about = request.text("about");
  if (about == "sales") {
    filter.about = services::ExceptionFilter::About::sales;
  } else if (about == "tills") {
    filter.about = services::ExceptionFilter::About::tills;
  } else if (!about.empty()) {
    return fail("request.bad_parameter", "A parameter of the request is not what it should be.", {{"name", "about"}});
  }
  const auto found = services.sales.exceptions(request.principal, request.text("before"), *limit, filter);
  if (!found) return fail(found.error());
  protocol::ExceptionPage page;
  for (const services::SaleException& exception : *found) {
    page.exceptions.push_back({exception.id, exception.till, exception.sequence, exception.what, exception.raised_at});
  }
  return json_answer(page);
}

}  // namespace lanekeeper::http

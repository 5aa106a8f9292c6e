#include "services/sale_service.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "base/text.h"
#include "sale/returned_goods.h"
#include "services/ingest_queue.h"
#include "storage/journal_repository.h"
#include "storage/return_claim_repository.h"
#include "storage/return_repository.h"
#include "storage/sale_repository.h"
#include "storage/uuid_text.h"

namespace lanekeeper::services {

namespace {

constexpr std::int64_t max_list = 500;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t forgotten_at_once = 100;  // claims that have ended

std::int64_t bounded(std::int64_t limit) {
  return std::clamp<std::int64_t>(limit, 1, max_list);
}

sale::RetailTransaction decoded_sale(const std::string& payload) {
  auto sale = journal::decode_sale(payload);
  if (!sale) throw Fault("journal.damaged", "a stored journal entry cannot be read: " + sale.error().message);
  return std::move(*sale);
}

sale::RetailTransaction stored_sale(storage::SaleRepository& repository, std::int64_t till, std::int64_t sequence) {
  return decoded_sale(repository.payload(till, sequence));
}

}  // namespace

class SaleService::Impl {
 public:
  Impl(ServiceContext context, journal::SigningKey server_key) : context_(context), queue_(context_, server_key) {}

  ServiceContext context_;
  IngestQueue queue_;
};

SaleService::SaleService(ServiceContext context, journal::SigningKey server_key)
    : impl_(std::make_unique<Impl>(context, server_key)) {}
SaleService::~SaleService() = default;

void SaleService::ingest(Principal principal, protocol::JournalUpload upload,
                         std::function<void(Result<protocol::JournalAck>)> done) {
  impl_->queue_.add(std::move(principal), std::move(upload), std::move(done));
}

Result<protocol::JournalAck> SaleService::ingest(const Principal& principal, protocol::JournalUpload upload) {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<Result<protocol::JournalAck>> answer;
  ingest(principal, std::move(upload), [&](Result<protocol::JournalAck> result) {
    const std::lock_guard lock(mutex);
    answer = std::move(result);
    answered.notify_one();  // under the lock: the waiting function returns as soon as it can take it
  });
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return answer.has_value(); });
  return std::move(*answer);
}

Result<protocol::SalesPage> SaleService::list(const Principal& principal, const SaleQuery& query) {
  if (auto allowed = require(principal, access::Permission::sales_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return impl_->context_.database.snapshot([&](storage::Connection& connection) {
    storage::SaleRepository repository(connection, impl_->context_.store_id);
    const storage::SalesOfDay day{query.business_date, query.till, query.only_exceptions};
    const auto limit = bounded(query.limit);
    protocol::SalesPage page;
    page.business_date = query.business_date;
    page.sales = repository.list(day, query.before, limit + 1);
    page.more = static_cast<std::int64_t>(page.sales.size()) > limit;
    if (page.more) page.sales.pop_back();
    const auto totals = repository.totals(day);
    page.sale_count = totals.sales;
    page.total = totals.payable;
    page.exception_count = totals.with_exceptions;
    return page;
  });
}

Result<protocol::SaleDetail> SaleService::detail(const Principal& principal, std::int64_t till, std::int64_t sequence) {
  if (auto allowed = require(principal, access::Permission::sales_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return impl_->context_.database.snapshot([&](storage::Connection& connection) -> Result<protocol::SaleDetail> {
    storage::SaleRepository repository(connection, impl_->context_.store_id);
    auto summary = repository.summary(till, sequence);
    if (!summary) {
      return fail("sale.not_found", "There is no such sale. Look for it in the list of the day.",
                  {{"till", std::to_string(till)}, {"sequence", std::to_string(sequence)}});
    }
    return protocol::SaleDetail{std::move(*summary), stored_sale(repository, till, sequence),
                                repository.exceptions_of(till, sequence)};
  });
}

Result<sale::ReturnableSale> SaleService::returnable(const Principal& principal, std::int64_t till,
                                                     std::int64_t receipt_number) {
  const auto device = require_device(principal);
  if (!device) return fail(device.error());
  const auto store = impl_->context_.store_id;
  const auto now_ms = impl_->context_.clock.now().instant.unix_ms;
  return impl_->context_.database.transact([&](storage::Connection& connection) -> Result<sale::ReturnableSale> {
    const auto sequence = storage::JournalRepository(connection, store).find_receipt(till, receipt_number);
    if (!sequence) {
      return fail("return.no_sale", "No such receipt is known. Look at its numbers, or whether its till was offline.",
                  {{"till", std::to_string(till)}, {"receipt", std::to_string(receipt_number)}});
    }
    storage::SaleRepository sales(connection, store);
    sale::ReturnableSale answer;
    answer.sale = stored_sale(sales, till, *sequence);
    // Kept before its returns are read: whoever comes second reads what the first has brought in.
    if (device->till > 0) {
      storage::ReturnClaimRepository claims(connection, store);
      claims.forget_ended(now_ms, forgotten_at_once);
      const auto holder = claims.claim(answer.sale.id, device->till, now_ms, now_ms + return_kept_ms);
      if (holder != device->till) {
        return fail("return.taken",
                    "Another till is taking goods of this receipt back right now. Wait until it is done.",
                    {{"till", std::to_string(holder)}});
      }
    }
    const auto hex = storage::hex_of(answer.sale.id);
    for (const auto& [_, returns] : storage::ReturnRepository(connection, store).returns_of(std::span(&hex, 1))) {
      for (const auto& [back_till, back_sequence] : returns) {
        sale::note_return(answer, stored_sale(sales, back_till, back_sequence));
      }
    }
    return answer;
  });
}

Result<protocol::FoundSales> SaleService::search(const Principal& principal, const protocol::SaleSearch& search) {
  const auto till = require_till(principal);
  if (!till) return fail(till.error());
  const auto days = search.to.days_since_1970() - search.from.days_since_1970() + 1;
  if (days < 1 || days > protocol::max_search_days) {
    return fail("request.bad_parameter", "The days to look at are the wrong way round, or too many.", {{"name", "to"}});
  }
  if (search.limit < 1 || search.limit > protocol::max_found_sales) {
    return fail("request.bad_parameter", "So many sales cannot be asked for.", {{"name", "limit"}});
  }
  const auto store = impl_->context_.store_id;
  return impl_->context_.database.snapshot([&](storage::Connection& connection) {
    storage::SaleRepository sales(connection, store);
    protocol::SaleSearch one_more = search;
    ++one_more.limit;
    std::vector<sale::ReturnableSale> found;
    std::vector<std::string> ids;
    for (const auto& stored : sales.find(one_more)) {
      found.push_back({decoded_sale(stored.payload), {}, {}, false});
      ids.push_back(storage::hex_of(found.back().sale.id));
    }
    protocol::FoundSales page;
    page.more = static_cast<std::int64_t>(found.size()) > search.limit;
    if (page.more) found.pop_back();
    const auto returns = storage::ReturnRepository(connection, store).returns_of(ids);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (const auto backs = returns.find(ids[i]); backs != returns.end()) {
        for (const auto& [back_till, sequence] : backs->second) {
          sale::note_return(found[i], stored_sale(sales, back_till, sequence));
        }
      }
      page.sales.push_back(protocol::found_sale(found[i]));
    }
    return page;
  });
}

Result<void> SaleService::release_return(const Principal& principal, const protocol::ReturnRelease& release) {
  const auto till = require_till(principal);
  if (!till) return fail(till.error());
  impl_->context_.database.transact([&](storage::Connection& connection) {
    storage::ReturnClaimRepository(connection, impl_->context_.store_id).release(release.sale, till->till);
  });
  return {};
}

Result<std::vector<SaleException>> SaleService::exceptions(const Principal& principal, const std::string& before,
                                                           std::int64_t limit, const ExceptionFilter& filter) {
  if (auto allowed = require(principal, access::Permission::exceptions_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  using About = ExceptionFilter::About;
  const auto of_sales = filter.about == About::everything ? std::nullopt : std::optional(filter.about == About::sales);
  const auto since_ms = filter.hours == 0 ? 0 : impl_->context_.clock.now().instant.unix_ms - filter.hours * hour_ms;
  return impl_->context_.database.transact([&](storage::Connection& connection) {
    storage::SaleRepository repository(connection, impl_->context_.store_id);
    std::vector<SaleException> exceptions;
    for (auto& raised : repository.exceptions(before, since_ms, of_sales, bounded(limit))) {
      exceptions.push_back(
          {std::move(raised.id), raised.till, raised.sequence, std::move(raised.what), raised.raised_at});
    }
    return exceptions;
  });
}

SaleService::Statistics SaleService::statistics() const {
  return impl_->queue_.statistics();
}

}  // namespace lanekeeper::services

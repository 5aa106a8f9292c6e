#include "sale_load.h"

#include <mutex>
#include <random>
#include <thread>

namespace lanekeeper::bench {
namespace {

using Steady = std::chrono::steady_clock;

[[noreturn]] void refused(const Error& error) {
  throw Fault("bench.refused", error.code + ": " + error.message);
}

ZonedTime now() {
  return SystemClock().now();
}

}  // namespace

SaleMaker::SaleMaker(std::vector<catalogue::Item> items, std::vector<catalogue::TaxCategory> taxes,
                     catalogue::Version version, pricing::PromotionIndex promotions)
    : items_(std::move(items)), version_(version), promotions_(std::move(promotions)) {
  std::erase_if(items_, [](const catalogue::Item& item) {
    return !item.active || item.prices.empty() || item.unit != catalogue::UnitOfMeasure::piece;
  });
  if (items_.size() < lines) throw Fault("bench.conditions", "the catalogue has too few priced items");
  context_.taxes = std::move(taxes);
  context_.date = now().local_date();
}

sale::RetailTransaction SaleMaker::make(std::int64_t till, std::int64_t receipt_number, std::uint64_t seed) const {
  std::mt19937_64 random(seed);
  SystemRandom system;
  sale::RetailTransaction sale;
  sale.completed_at = now();
  sale.started_at = sale.completed_at;
  sale.id = Uuid::make_v7(sale.completed_at.instant.unix_ms, system);
  sale.till = till;
  sale.receipt_number = receipt_number;
  sale.business_date = sale.completed_at.local_date();
  sale.cashier = 1;
  sale.cashier_number = "1";
  sale.currency = "CNY";
  sale.catalogue_version = version_;
  sale.software = LANEKEEPER_VERSION;
  sale::Basket basket;
  basket.started_at = sale.started_at;
  if (promotions_.version() > 0) basket.promotions = sale::PromotionTerms{promotions_.version(), {}};
  for (int i = 1; i <= lines; ++i) {
    const auto& item = items_[random() % items_.size()];
    sale::BasketLine line;
    line.line = i;
    line.item = item.id;
    line.item_number = item.number;
    line.name = item.name;
    line.name_en = item.name_en;
    line.code = item.codes.empty() ? item.number : item.codes.front().code;
    line.category = item.category;
    line.tax_category = item.tax_category;
    line.quantity = Quantity::of_units(1 + static_cast<std::int64_t>(random() % 3));
    line.unit_price = catalogue::price_at(item, "regular", sale.completed_at.instant).value_or(Money::of_minor(100));
    line.entered_at = sale.completed_at;
    basket.lines.push_back(std::move(line));
  }
  auto priced = pricing::price(basket, promotions_, context_);
  if (!priced) refused(priced.error());
  sale.priced = std::move(*priced);
  sale.promotions = std::move(basket.promotions);
  sale.lines = std::move(basket.lines);
  sale.payable = sale.priced.total;
  sale.tenders = {{sale::TenderKind::cash, sale.payable, ""}};
  return sale;
}

LoadTill::LoadTill(const net::Endpoint& endpoint, EnrolledDevice device, const SaleMaker& maker)
    : client_(endpoint, device.identity), device_(std::move(device)), maker_(maker) {}

void LoadTill::prepare(int count) {
  for (int i = 0; i < count; ++i) {
    ++sequence_;
    const auto seed = static_cast<std::uint64_t>(device_.till) << 32 | static_cast<std::uint64_t>(sequence_);
    auto payload = journal::encode_sale(maker_.make(device_.till, sequence_, seed));
    waiting_.push_back(journal::make_entry(device_.till, sequence_, head_, std::move(payload), device_.key));
    head_ = waiting_.back().hash;
  }
}

void LoadTill::send(int count) {
  const auto end = waiting_.begin() + std::min<std::ptrdiff_t>(count, std::ssize(waiting_));
  protocol::JournalUpload upload;
  upload.entries.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  net::HttpRequest request;
  request.method = "POST";
  request.target = "/v1/journal";
  request.body = json::encode(upload);
  request.timeout = std::chrono::seconds(30);
  auto answer = net::expect_success(client_.send(request));
  if (!answer) refused(answer.error());
  const auto ack = json::decode<protocol::JournalAck>(answer->body);
  if (!ack) refused(ack.error());
  for (const auto& result : ack->results) {
    if (result.outcome != protocol::EntryOutcome::stored) throw Fault("bench.refused", "an entry was not stored");
  }
}

namespace {

template <class Work>
LoadResult run(std::vector<std::unique_ptr<LoadTill>>& tills, Work work) {
  LoadResult all;
  std::mutex mutex;
  std::exception_ptr failure;
  std::vector<std::thread> threads;
  const auto start = Steady::now();
  for (auto& till : tills) {
    threads.emplace_back([&, &one = *till] {
      LoadResult mine;
      try {
        work(one, mine);
      } catch (...) {
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      all.sales += mine.sales;
      all.latencies_us.insert(all.latencies_us.end(), mine.latencies_us.begin(), mine.latencies_us.end());
    });
  }
  for (auto& thread : threads) thread.join();
  all.elapsed = Steady::now() - start;
  if (failure) std::rethrow_exception(failure);
  return all;
}

void timed_send(LoadTill& till, int count, LoadResult& result) {
  const auto begin = Steady::now();
  till.send(count);
  result.latencies_us.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begin).count());
  result.sales += count;
}

}  // namespace

LoadResult sell(std::vector<std::unique_ptr<LoadTill>>& tills, std::chrono::milliseconds duration,
                std::chrono::microseconds pause) {
  const auto end = Steady::now() + duration;
  return run(tills, [end, pause](LoadTill& till, LoadResult& result) {
    auto next = Steady::now() + pause * (till.device().till % 32) / 32;
    while (Steady::now() < end) {
      if (pause.count() > 0) {
        std::this_thread::sleep_until(next);
        next += pause;
      }
      till.prepare(1);
      timed_send(till, 1, result);
    }
  });
}

LoadResult drain(std::vector<std::unique_ptr<LoadTill>>& tills, int batch) {
  return run(tills, [batch](LoadTill& till, LoadResult& result) {
    while (till.prepared() > 0)
      timed_send(till, static_cast<int>(std::min<std::size_t>(batch, till.prepared())), result);
  });
}

StoreContents load_contents(const net::Endpoint& endpoint, const EnrolledDevice& device) {
  net::HttpsClient client(endpoint, device.identity);
  const auto get = [&client](const std::string& target) {
    net::HttpRequest request;
    request.target = target;
    request.timeout = std::chrono::seconds(30);
    auto answer = net::expect_success(client.send(request));
    if (!answer) refused(answer.error());
    return answer->body;
  };
  StoreContents contents;
  contents.profile = json::decode<protocol::StoreProfile>(get("/v1/store")).value();
  for (std::int64_t since = 0, after = 0;;) {
    const auto page = json::decode<protocol::CataloguePage>(
        get("/v1/catalogue?since=" + std::to_string(since) + "&after=" + std::to_string(after) + "&limit=1000"));
    if (!page) refused(page.error());
    contents.version = page->version;
    contents.items.insert(contents.items.end(), page->items.begin(), page->items.end());
    if (page->complete || page->items.empty()) return contents;
    since = page->items.back().version;
    after = page->items.back().id;
  }
}

}  // namespace lanekeeper::bench

// A store in a private database, and tills that write real journals for it. For tests and benches of the server's
// services.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/system_random.h"
#include "base/time.h"
#include "eventually.h"
#include "journal/chain.h"
#include "pricing/price.h"
#include "private_database.h"
#include "services/catalogue_service.h"
#include "services/notifications.h"
#include "services/principal.h"
#include "services/service_context.h"
#include "services/store_service.h"
#include "storage/connection.h"
#include "storage/device_repository.h"
#include "storage/migrations.h"

namespace lanekeeper::testing {

class TestClock : public Clock {
 public:
  [[nodiscard]] ZonedTime now() const override { return {{now_ms_.load()}, 480}; }
  void advance(std::int64_t ms) { now_ms_ += ms; }

 private:
  std::atomic<std::int64_t> now_ms_ = 1'795'312'800'000;  // 2026-11-22T10:00:00+08:00
};

class RecordingSink : public services::ChangeSink {
 public:
  void catalogue_changed(catalogue::Version version) override { note(catalogue_versions, version); }
  void store_changed(std::int64_t version) override { note(store_versions, version); }
  void sale_stored(const protocol::SaleSummary& sale) override { note(sales, sale); }
  void enrolment_changed() override { ++enrolments; }
  void approvals_changed() override { ++approvals; }
  void suspended_changed() override { ++suspended; }
  void device_changed(const std::string& id) override { note(devices, id); }
  void device_revoked(const std::string& id) override { note(revoked, id); }
  void staff_changed(std::int64_t id) override { note(staff, id); }

  template <class T>
  [[nodiscard]] std::vector<T> copy(const std::vector<T>& values) {
    const std::lock_guard lock(mutex_);
    return values;
  }
  std::vector<catalogue::Version> catalogue_versions;
  std::vector<std::int64_t> store_versions;
  std::vector<protocol::SaleSummary> sales;
  std::vector<std::string> devices;
  std::vector<std::string> revoked;
  std::vector<std::int64_t> staff;
  std::atomic<int> enrolments = 0;
  std::atomic<int> approvals = 0;
  std::atomic<int> suspended = 0;

 private:
  template <class T>
  void note(std::vector<T>& values, const T& value) {
    const std::lock_guard lock(mutex_);
    values.push_back(value);
  }
  std::mutex mutex_;
};

// A till's side of the protocol: makes sales and signs them into a journal.
class TestTill {
 public:
  TestTill(std::int64_t number, const journal::SigningKey& key) : number_(number), key_(key) {}

  using Bought = std::vector<std::pair<catalogue::Item, Quantity>>;

  // A sale that is right in everything. Change it before record() to make it wrong.
  [[nodiscard]] sale::RetailTransaction make_sale(const Bought& bought, const Clock& clock,
                                                  const std::vector<catalogue::TaxCategory>& taxes,
                                                  catalogue::Version version, RandomSource& random) {
    sale::RetailTransaction sale;
    const auto now = clock.now();
    sale.id = Uuid::make_v7(now.instant.unix_ms, random);
    sale.till = number_;
    sale.receipt_number = ++receipt_;
    sale.business_date = now.local_date();
    sale.started_at = sale.completed_at = now;
    sale.cashier = 1;
    sale.cashier_number = "1001";
    sale.currency = "CNY";
    sale.catalogue_version = version;
    sale.software = "0.1.0";
    sale::Basket basket;
    for (const auto& [item, quantity] : bought) {
      sale::BasketLine line;
      line.line = static_cast<std::int64_t>(basket.lines.size()) + 1;
      line.item = item.id;
      line.item_number = item.number;
      line.name = item.name;
      line.code = item.codes.empty() ? item.number : item.codes.front().code;
      line.category = item.category;
      line.tax_category = item.tax_category;
      line.unit = quantity.is_whole() ? item.unit : catalogue::UnitOfMeasure::kilogram;
      line.quantity = quantity;
      line.unit_price = *catalogue::price_at(item, "regular", now.instant);
      line.entered_at = now;
      basket.lines.push_back(line);
    }
    price(sale, basket, taxes);
    return sale;
  }

  // Prices the lines again, pays with the next full hundred.
  static void price(sale::RetailTransaction& sale, const sale::Basket& basket,
                    const std::vector<catalogue::TaxCategory>& taxes) {
    sale.lines = basket.lines;
    sale.priced = pricing::price(basket, {}, {sale.business_date, pricing::TaxMode::inclusive, taxes}).value();
    sale.payable = sale.priced.total;
    const auto given = Money::of_minor((sale.payable.minor() / 10'000 + 1) * 10'000);
    sale.tenders = {{sale::TenderKind::cash, given, ""}};
    sale.change = given - sale.payable;
  }

  [[nodiscard]] journal::Entry record(const sale::RetailTransaction& sale) {
    return record_payload(journal::encode_sale(sale));
  }
  [[nodiscard]] journal::Entry record_payload(std::string payload) {
    auto entry = journal::make_entry(number_, ++sequence_, previous_, std::move(payload), key_);
    previous_ = entry.hash;
    return entry;
  }
  // Another entry under a number that was used already.
  [[nodiscard]] journal::Entry rewrite(const journal::Entry& entry, std::string payload) const {
    return journal::make_entry(number_, entry.sequence, entry.previous, std::move(payload), key_);
  }

  [[nodiscard]] std::int64_t number() const { return number_; }
  [[nodiscard]] const journal::SigningKey& key() const { return key_; }
  [[nodiscard]] services::Principal principal() const {
    services::Principal principal;
    principal.device = services::DeviceIdentity{device_id, protocol::DeviceKind::till, "lane", number_};
    principal.address = "10.0.0." + std::to_string(number_);
    return principal;
  }
  std::string device_id;

 private:
  std::int64_t number_;
  journal::SigningKey key_;
  std::int64_t sequence_ = 0;
  std::int64_t receipt_ = 0;
  journal::Hash previous_{};
};

class TestStore {
 public:
  explicit TestStore(const storage::DatabaseConfig& config)
      : database(config), context{database, clock, random, sink, 1}, stores(context), catalogue(context) {
    const auto migrated = storage::migrate(database, clock);
    if (!migrated) throw std::runtime_error(migrated.error().message);
    stores.prepare("惠民生鲜 城东店");
    taxes = stores.profile(TestTill(1, journal::SigningKey::generate(random)).principal())->taxes;
  }

  // A person with every right, at an enrolled back office.
  [[nodiscard]] services::Principal manager(access::Role role = access::Role::manager) const {
    services::Principal principal;
    principal.device = services::DeviceIdentity{"office", protocol::DeviceKind::backoffice, "office", 0};
    principal.staff = services::StaffIdentity{7, "9001", "王店长", role};
    principal.address = "10.0.0.200";
    return principal;
  }

  [[nodiscard]] TestTill enrol_till(std::int64_t number) {
    TestTill till(number, journal::SigningKey::generate(random));
    storage::DeviceRecord device;
    device.id = till.device_id = Uuid::make_v7(clock.now().instant.unix_ms, random).to_string();
    device.name = "lane-" + std::to_string(number);
    device.till = number;
    device.public_key = till.key().public_key();
    device.certificate_serial = device.id;
    device.enrolled_at = clock.now();
    database.transact([&](storage::Connection& c) { storage::DeviceRepository(c, 1).insert(device); });
    return till;
  }

  [[nodiscard]] static catalogue::Item new_item(int n) {
    catalogue::Item item;
    item.number = "G" + std::to_string(n);
    item.name = "可口可乐 " + std::to_string(n) + " 号";
    item.tax_category = 1 + n % 4;
    item.codes = {{std::to_string(10'000'000'000'000 + n), Quantity::of_units(1), std::nullopt}};
    item.prices = {{"regular", Money::of_minor(100 + n * 37 % 9900), std::nullopt, std::nullopt}};
    return item;
  }
  std::vector<catalogue::Item> add_items(int count) {
    std::vector<services::ItemImport> rows;
    for (int n = 1; n <= count; ++n) {
      services::ItemImport row;
      row.line = n;
      row.item = new_item(n);
      row.given.tax_category = row.given.codes = row.given.prices = true;
      rows.push_back(std::move(row));
    }
    for (std::size_t done = 0; done < rows.size(); done += 1000) {
      const std::vector<services::ItemImport> part(
          rows.begin() + static_cast<std::ptrdiff_t>(done),
          rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), done + 1000)));
      const auto results = catalogue.import_items(manager(), part);
      if (!results) throw std::runtime_error(results.error().message);
      for (const auto& result : *results) {
        if (result.error) throw std::runtime_error(result.error->code);
      }
    }
    const auto reader = TestTill(1, journal::SigningKey::generate(random)).principal();
    std::vector<catalogue::Item> items;
    catalogue::Version since = 0;
    catalogue::ItemId after = 0;
    while (true) {
      auto page = catalogue.page(reader, since, after, 2000);
      for (auto& item : page->items) items.push_back(item);
      version = page->version;
      if (page->complete) return items;
      since = items.back().version;
      after = items.back().id;
    }
  }

  [[nodiscard]] sale::RetailTransaction make_sale(TestTill& till, const TestTill::Bought& bought) {
    return till.make_sale(bought, clock, taxes, version, random);
  }
  [[nodiscard]] journal::Entry record_sale(TestTill& till, const TestTill::Bought& bought) {
    return till.record(make_sale(till, bought));
  }

  // A person who may sign in nowhere yet; the id.
  std::int64_t put_person(const std::string& number, access::Role role) {
    services::NewStaff staff;
    staff.number = number;
    staff.name = "员工 " + number;
    staff.role = role;
    const auto id = stores.put_staff(staff);
    if (!id) throw std::runtime_error(id.error().code);
    return *id;
  }

  // One number from the database.
  [[nodiscard]] std::int64_t number(const std::string& sql) {
    return database.transact([&](storage::Connection& c) {
      auto rows = c.query(sql);
      return rows.next() ? rows.integer(1) : -1;
    });
  }
  void run(const std::string& sql) {
    database.transact([&](storage::Connection& c) { c.run_script(sql); });
  }

  TestClock clock;
  SystemRandom random;
  RecordingSink sink;
  storage::Database database;
  services::ServiceContext context;
  services::StoreService stores;
  services::CatalogueService catalogue;
  std::vector<catalogue::TaxCategory> taxes;
  catalogue::Version version = 0;
};

}  // namespace lanekeeper::testing

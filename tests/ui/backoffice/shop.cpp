#include "shop.h"

#include <fmt/format.h>

#include "barcode/gtin.h"

namespace lanekeeper::office::test {
namespace {

struct Good {
  std::string_view name;
  std::string_view name_en;
  catalogue::CategoryId category;
  std::int64_t price;
  std::int64_t cost;
  std::int64_t stock_milli;
  bool weighed = false;
};

enum : catalogue::CategoryId { snacks = 1, drinks, dairy, staples, produce, meat, cleaning, alcohol };

constexpr Good goods_of_shop[] = {
    {"脆叶薯片 原味 70g", "Crispleaf crisps original 70 g", snacks, 790, 510, 126000},
    {"脆叶薯片 黄瓜味 70g", "Crispleaf crisps cucumber 70 g", snacks, 790, 510, 84000},
    {"脆叶薯片 番茄味 70g", "Crispleaf crisps tomato 70 g", snacks, 790, 540, 18000},
    {"脆叶薯片 烧烤味 70g", "Crispleaf crisps barbecue 70 g", snacks, 790, 510, 97000},
    {"脆叶薯片 海苔味 70g", "Crispleaf crisps seaweed 70 g", snacks, 790, 510, 0},
    {"脆叶薯片 原味 135g 桶装", "Crispleaf crisps original tub 135 g", snacks, 1380, 960, 45000},
    {"脆叶薯片 番茄味 135g 桶装", "Crispleaf crisps tomato tub 135 g", snacks, 1380, 960, 52000},
    {"田野薯片 青柠味 60g", "Fieldside crisps lime 60 g", snacks, 650, 430, 210000},
    {"田野薯片 原味 60g", "Fieldside crisps original 60 g", snacks, 650, 430, 188000},
    {"田野薯片 6 连包 40g×6", "Fieldside crisps 6 × 40 g", snacks, 1990, 1460, 36000},
    {"小卷薯片条 盐焗味 90g", "Rollup potato sticks salted 90 g", snacks, 580, 595, 64000},
    {"小卷薯片条 蜂蜜味 90g", "Rollup potato sticks honey 90 g", snacks, 880, 595, 71000},
    {"儿童薯片杯 25g", "Crisps cup for children 25 g", snacks, 350, 210, 0},
    {"晨牧纯牛奶 250mL×12", "Morning Pasture milk 12 × 250 mL", dairy, 4980, 4120, 88000},
    {"晨牧酸奶 原味 200g", "Morning Pasture yoghurt 200 g", dairy, 690, 455, 42000},
    {"金穗食用调和油 5L", "Golden Ear cooking oil 5 L", staples, 6990, 5800, 18000},
    {"金穗大米 东北珍珠 10kg", "Golden Ear pearl rice 10 kg", staples, 5880, 4600, 14000},
    {"金穗小麦粉 5kg", "Golden Ear wheat flour 5 kg", staples, 2690, 2180, 11000},
    {"清源矿泉水 550mL", "Clearspring mineral water 550 mL", drinks, 200, 105, 640000},
    {"橙日果汁 1L", "Orangeday juice 1 L", drinks, 1290, 860, 75000},
    {"上海青", "Shanghai greens", produce, 398, 255, 36420, true},
    {"红富士苹果", "Fuji apples", produce, 798, 520, 84160, true},
    {"本地番茄", "Local tomatoes", produce, 598, 410, 51300, true},
    {"黑猪五花肉", "Black pork belly", meat, 4980, 3990, 22840, true},
    {"柔云抽纸 3 层 100 抽×6", "Softcloud tissues 6 packs", cleaning, 1890, 1320, 93000},
    {"洁伴洗衣液 2kg", "Cleanmate laundry liquid 2 kg", cleaning, 3290, 2450, -2000},
    {"老窖坊白酒 52 度 500mL", "Old Cellar spirit 52 % 500 mL", alcohol, 12800, 9600, 24000},
    {"冬储大白菜", "Winter cabbage", produce, 0, 90, 120500, true},
};

std::string code_of(std::size_t index) {
  const std::string body = fmt::format("0690{:09}", 100000210 + static_cast<int>(index) * 7);
  return body + barcode::check_digit(body);
}

const Money zero;

// Deterministic and without pattern enough for a screen.
std::size_t pick(std::int64_t seed, std::size_t size) {
  return static_cast<std::size_t>((seed * 2654435761LL >> 7) & 0x7FFFFFFF) % size;
}

void add_line(sale::RetailTransaction& sale, const catalogue::Item& item, Quantity quantity, const ZonedTime& at) {
  sale::BasketLine line;
  line.line = static_cast<std::int64_t>(sale.lines.size()) + 1;
  line.item = item.id;
  line.item_number = item.number;
  line.name = item.name;
  line.name_en = item.name_en;
  line.code = item.codes.empty() ? item.number : barcode::display_gtin(item.codes.front().code);
  line.tax_category = item.tax_category;
  line.unit = item.unit;
  line.quantity = quantity;
  line.unit_price = item.prices.front().amount;
  line.entered_at = at;
  sale::PricedLine priced;
  priced.line = line.line;
  priced.gross = priced.net = multiply(line.unit_price, quantity).value();
  sale.lines.push_back(line);
  sale.priced.lines.push_back(priced);
  sale.priced.gross += priced.gross;
}

}  // namespace

ZonedTime shop_time(std::string_view hms) {
  return ZonedTime::parse(fmt::format("2026-11-20T{}.000+08:00", hms)).value();
}

protocol::StoreProfile shop_profile() {
  protocol::StoreProfile profile;
  profile.version = 3;
  profile.name = "惠民生鲜 城东店";
  profile.name_en = "Huimin Fresh, East";
  profile.categories = {{snacks, "膨化食品", "Snacks", 0},      {drinks, "饮料", "Drinks", 0},
                        {dairy, "乳品冷藏", "Dairy", 0},        {staples, "粮油调味", "Staples", 0},
                        {produce, "生鲜蔬果", "Produce", 1},    {meat, "肉禽蛋", "Meat and eggs", 0},
                        {cleaning, "日化清洁", "Household", 0}, {alcohol, "酒类", "Alcohol", 0}};
  profile.taxes = {{1, "13 %", "A", {{Rate::of_per_10k(1300)}}},
                   {2, "9 %", "B", {{Rate::of_per_10k(900)}}},
                   {3, "免税", "C", {{Rate::of_per_10k(0)}}}};
  return profile;
}

std::vector<protocol::ItemRow> shop_goods() {
  std::vector<protocol::ItemRow> rows;
  for (std::size_t i = 0; i < std::size(goods_of_shop); ++i) {
    const Good& good = goods_of_shop[i];
    protocol::ItemRow row;
    auto& item = row.item;
    item.id = static_cast<catalogue::ItemId>(i) + 1;
    item.number = std::to_string(20418 + i);
    item.name = good.name;
    item.name_en = good.name_en;
    item.mnemonic = catalogue::pinyin_initials(item.name);
    item.category = good.category;
    item.tax_category = good.category == produce ? 3 : good.category == staples ? 2 : 1;
    item.unit = good.weighed ? catalogue::UnitOfMeasure::kilogram : catalogue::UnitOfMeasure::piece;
    if (good.weighed) {
      item.codes = {{std::to_string(201 + i), Quantity::of_units(1), std::nullopt}};
    } else {
      item.codes = {{code_of(i), Quantity::of_units(1), std::nullopt}};
    }
    if (good.price > 0) item.prices = {{"regular", Money::of_minor(good.price), std::nullopt, std::nullopt}};
    item.cost = Money::of_minor(good.cost);
    item.minimum_age = good.category == alcohol ? 18 : 0;
    item.active = good.name != "儿童薯片杯 25g";
    item.version = 41;
    row.stock = Quantity::of_milli(good.stock_milli);
    row.updated_by = i % 3 == 0 ? "周敏" : "陈浩";
    row.updated_at = ZonedTime::parse("2026-11-12T16:40:00.000+08:00").value();
    rows.push_back(row);
  }
  rows[9].item.prices.push_back(
      {"regular", Money::of_minor(1890), ZonedTime::parse("2026-11-21T00:00:00.000+08:00").value(), std::nullopt});
  rows[13].item.codes.push_back({"06901000002992", Quantity::of_units(4), Money::of_minor(18800)});
  return rows;
}

protocol::SaleDetail shop_sale(const std::vector<protocol::ItemRow>& goods, std::int64_t till, std::int64_t number,
                               const ZonedTime& completed) {
  protocol::SaleDetail detail;
  auto& sale = detail.sale;
  sale.till = till;
  sale.receipt_number = number;
  sale.business_date = completed.local_date();
  sale.completed_at = sale.started_at = completed;
  sale.started_at.instant.unix_ms -= 95'000;
  sale.software = "0.1.0";
  sale.currency = "CNY";
  const std::size_t count = 1 + pick(number * 31 + till, 11);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& item = goods[pick(number * 17 + till * 5 + static_cast<std::int64_t>(i) * 29, goods.size() - 2)].item;
    if (item.prices.empty() || !item.active) continue;
    const bool weighed = item.unit == catalogue::UnitOfMeasure::kilogram;
    const auto amount = static_cast<std::int64_t>(pick(number + static_cast<std::int64_t>(i) * 7, 3)) + 1;
    add_line(sale, item, weighed ? Quantity::of_milli(312 + amount * 262) : Quantity::of_units(amount), completed);
  }
  if (sale.lines.empty()) add_line(sale, goods[0].item, Quantity::of_units(1), completed);
  sale.priced.net = sale.priced.total = sale.priced.gross;
  sale.cash_rounding = CashRounding::down_10;
  sale.cash_adjustment = cash_rounding_adjustment(sale.priced.total, sale.cash_rounding);
  sale.payable = sale.priced.total + sale.cash_adjustment;
  const Money tax = tax_included(sale.priced.total, Rate::of_per_10k(1300));
  sale.priced.taxes = {{1, "A", Rate::of_per_10k(1300), sale.priced.total - tax, tax}};
  const Money given = Money::of_minor((sale.payable.minor() / 5000 + 1) * 5000);
  sale.tenders = {{sale::TenderKind::cash, given, ""}};
  sale.change = given - sale.payable;

  auto& summary = detail.summary;
  summary.sale_id = fmt::format("019aa0e0-{:04x}-7000-8000-{:012x}", till, number);
  summary.till = till;
  summary.sequence = number + 12;
  summary.receipt_number = number;
  summary.business_date = sale.business_date;
  summary.completed_at = summary.received_at = completed;
  summary.received_at.instant.unix_ms += 400;
  constexpr std::string_view cashiers[] = {"王丽", "陈浩", "李娜", "赵敏", "孙悦"};
  summary.cashier_name = cashiers[static_cast<std::size_t>(till) % std::size(cashiers)];
  summary.line_count = static_cast<std::int64_t>(sale.lines.size());
  summary.total = sale.priced.total;
  summary.payable = sale.payable;
  return detail;
}

std::vector<protocol::SaleDetail> shop_sales(const std::vector<protocol::ItemRow>& goods) {
  std::vector<protocol::SaleDetail> sales;
  ZonedTime time = shop_time("10:23:41");
  for (std::int64_t i = 0; i < 64; ++i) {
    const std::int64_t till = 1 + static_cast<std::int64_t>(pick(i * 13 + 5, 5));
    sales.push_back(shop_sale(goods, till, 1812 - i, time));
    time.instant.unix_ms -= 21'000 + static_cast<std::int64_t>(pick(i, 90'000));
  }
  sales[3].summary.exceptions = 1;
  sales[3].exceptions = {
      {"price.differs",
       "A price differs.",
       {{"line", "1"}, {"number", sales[3].sale.lines[0].item_number}, {"charged", "2.00"}, {"catalogue", "2.50"}}}};
  sales[5].summary.received_at.instant.unix_ms += 11 * 60'000;
  sales[6].summary.received_at.instant.unix_ms += 12 * 60'000;
  sales[3].sale.lines.back().voided = sales[3].sale.lines.size() > 1;
  return sales;
}

std::vector<protocol::ExceptionRow> shop_oddities() {
  const auto row = [](std::int64_t till, const char* code, json::Value details) {
    return protocol::ExceptionRow{"", till, 1, {code, "", std::move(details)}, shop_time("09:12:00")};
  };
  return {row(3, "code.unknown", {{"code", "6901234567892"}, {"times", "3"}}),
          row(2, "suspended.untaken",
              {{"label", "2-0017"}, {"till", "2"}, {"cashier", "李娜"}, {"total", "86.40"}, {"date", "2026-11-19"}})};
}

std::vector<protocol::DeviceRow> shop_devices() {
  std::vector<protocol::DeviceRow> devices;
  constexpr std::string_view cashiers[] = {"陈浩", "李娜", "王丽", "孙悦", "", ""};
  for (std::int64_t till = 1; till <= 6; ++till) {
    protocol::DeviceRow device;
    device.device_id = fmt::format("019a9f31-5c{:02x}-7a1e-b0c4-0242ac11000{}", till * 7, till);
    device.name = fmt::format("POS-7C{:02}", 12 + till);
    device.till = till;
    device.connected = till != 5;
    device.last_contact = shop_time(till == 5 ? "10:12:30" : "10:23:58");
    device.address = fmt::format("10.0.8.{}", 30 + till);
    protocol::TillStatus status;
    status.till = till;
    status.software = "0.1.0";
    status.cashier = cashiers[till - 1];
    status.catalogue_version = 1204;
    status.printer = till == 3 ? "error" : "ok";
    if (till == 5) {
      status.cashier = "赵敏";
      status.unsent = 14;
      status.unsent_amount = Money::of_minor(128640);
    }
    device.status = status;
    devices.push_back(device);
  }
  protocol::DeviceRow office;
  office.device_id = "019a9f31-77aa-7a1e-b0c4-0242ac110101";
  office.kind = protocol::DeviceKind::backoffice;
  office.name = "OFFICE-1";
  office.connected = true;
  office.last_contact = shop_time("10:23:59");
  office.address = "10.0.8.12";
  devices.push_back(office);
  return devices;
}

protocol::WaitingDevice waiting_till() {
  protocol::WaitingDevice device;
  device.enrolment_id = "019aa0f2-0001-7000-8000-000000000001";
  device.device_name = "POS-7C21";
  device.address = "10.0.8.37";
  device.fingerprint = "3F7A 91C0";
  device.software = "0.1.0";
  device.asked_at = shop_time("10:22:10");
  device.expires_at = shop_time("10:32:10");
  device.proposed_till = 7;
  return device;
}

protocol::ImportStatus shop_import(std::int64_t rows_done) {
  constexpr std::int64_t total = 18426;
  protocol::ImportStatus status;
  status.import_id = "import-1";
  status.file_name = "商品资料 2026-11.xlsx";
  status.rows_total = total;
  status.rows_done = rows_done;
  status.state = rows_done >= total ? protocol::ImportState::done : protocol::ImportState::running;
  status.refused = rows_done * 37 / total;
  status.added = rows_done * 9 / 10;
  status.changed = rows_done / 20;
  status.unchanged = rows_done - status.added - status.changed - status.refused;
  if (rows_done < total / 3) return status;
  status.problems = {
      {214,
       "条码",
       "barcode.check_digit",
       "The check digit is wrong.",
       "6901000002108",
       false,
       {{"barcode", "6901000002108"}}},
      {377, "售价", "import.bad_price", "This is not a price.", "12.5元/斤", false, {}},
      {902,
       "售价",
       "item.negative_price",
       "A price cannot be negative. Correct it.",
       "-3.00",
       false,
       {{"value", "-3.00"}}},
      {1340,
       "条码",
       "item.code_taken",
       "Another item has this barcode.",
       "6901000002107",
       false,
       {{"code", "6901000002107"}, {"item", "脆叶薯片 原味 70g"}, {"number", "20418"}}},
      {1688, "品名", "item.no_name", "The item has no name. Enter one.", "", false, {}},
      {2051, "条码", "import.zero_restored", "A zero was restored.", "690100000305", true, {}},
      {2930, "税率", "import.bad_tax", "This is not a tax rate.", "十三", false, {}},
      {4417,
       "条码",
       "barcode.length",
       "A barcode has 8, 12, 13 or 14 digits.",
       "69010000021",
       false,
       {{"length", "11"}}},
  };
  status.problem_count = static_cast<std::int64_t>(status.problems.size());
  return status;
}

std::vector<protocol::ApprovalStatus> asked_approvals() {
  protocol::ApprovalStatus price;
  price.request.id = Uuid::parse("01935f00-0000-7000-8000-000000000001").value();
  price.request.till = 3;
  price.request.cashier = 7;
  price.request.cashier_name = "王丽";
  price.request.permission = "price.override";
  price.request.subject = "approval.price_override";
  price.request.details = {{"name", "黑猪五花肉"},
                           {"name_en", "Black pork belly"},
                           {"from", "35.80"},
                           {"to", "29.80"},
                           {"reason", "临期 / 品相"}};
  price.request.asked_at = shop_time("10:23:40");
  protocol::ApprovalStatus blind;
  blind.request.id = Uuid::parse("01935f00-0000-7000-8000-000000000002").value();
  blind.request.till = 5;
  blind.request.cashier = 8;
  blind.request.cashier_name = "李娜";
  blind.request.permission = "sale.return_blind";
  blind.request.amount = Money::of_minor(45'90);
  blind.request.asked_at = shop_time("10:23:50");
  return {price, blind};
}

}  // namespace lanekeeper::office::test

#include "fake_till.h"

#include <algorithm>
#include <tuple>

#include "access/member_keys.h"
#include "access/verifier.h"
#include "base/text.h"
#include "shop_offers.h"

namespace lanekeeper::till::test {

void HandClock::set(std::string_view iso) {
  if (const auto time = ZonedTime::parse(iso)) now_ = *time;
}

void CountingRandom::fill(std::span<unsigned char> out) {
  for (auto& byte : out) byte = next_++;
}

namespace {

catalogue::ItemSummary summary_of(const catalogue::Item& item) {
  catalogue::ItemSummary summary;
  summary.id = item.id;
  summary.number = item.number;
  summary.name = item.name;
  summary.name_en = item.name_en;
  summary.spec = item.spec;
  if (!item.codes.empty()) {
    summary.code = item.codes.front().code;
    if (summary.code.size() == 14) summary.code.erase(0, 1);
  }
  summary.unit = item.unit;
  if (!item.prices.empty()) summary.price = item.prices.front().amount;
  summary.open_price = item.open_price.value_or(false);
  return summary;
}

bool matches_text(const catalogue::Item& item, const std::string& text) {
  const auto has = [&](const std::string& field) { return to_lower_ascii(field).find(text) != std::string::npos; };
  return has(item.name) || has(item.name_en) || has(item.mnemonic) || has(item.number) ||
         std::any_of(item.codes.begin(), item.codes.end(), [&](const auto& code) { return has(code.code); });
}

}  // namespace

std::vector<catalogue::ItemLookup::Match> MemoryItems::find_by_code(std::string_view code) const {
  std::vector<Match> found;
  for (const auto& item : items_) {
    for (const auto& own : item.codes) {
      if (item.active && own.code == code) found.push_back({item, own});
    }
  }
  return found;
}

std::optional<catalogue::Item> MemoryItems::find_by_id(catalogue::ItemId id) const {
  const auto found = std::find_if(items_.begin(), items_.end(), [id](const auto& item) { return item.id == id; });
  return found == items_.end() ? std::nullopt : std::optional(*found);
}

std::vector<catalogue::ItemSummary> MemoryItems::search(std::string_view text, int limit, int offset) const {
  std::vector<catalogue::ItemSummary> found;
  const std::string wanted = to_lower_ascii(text);
  for (const auto& item : items_) {
    if (item.active && matches_text(item, wanted) && offset-- <= 0 && static_cast<int>(found.size()) < limit) {
      found.push_back(summary_of(item));
    }
  }
  return found;
}

std::vector<catalogue::ItemSummary> MemoryItems::quick_keys(catalogue::CategoryId category, int limit) const {
  std::vector<catalogue::ItemSummary> found;
  for (const auto& item : items_) {
    if (item.category == category && static_cast<int>(found.size()) < limit) found.push_back(summary_of(item));
  }
  return found;
}

std::vector<catalogue::ItemSummary> MemoryItems::deposits(int limit) const {
  std::vector<catalogue::ItemSummary> found;
  for (const auto& item : items_) {
    if (item.deposit.value_or(false) && static_cast<int>(found.size()) < limit) found.push_back(summary_of(item));
  }
  return found;
}

std::vector<catalogue::ItemSummary> MemoryItems::department_keys(int limit) const {
  std::vector<catalogue::ItemSummary> found;
  for (const auto& item : items_) {
    if (item.open_price.value_or(false) && static_cast<int>(found.size()) < limit) found.push_back(summary_of(item));
  }
  return found;
}

Result<sale::RetailTransaction> MemoryJournal::commit(const sale::RetailTransaction& sale) {
  if (refuses) return fail(*refuses);
  sales.push_back(sale);
  sales.back().receipt_number = ++state.last_receipt_number;
  ++state.last_sequence;
  ++state.unsent;
  state.unsent_amount += sale.payable;
  basket.reset();
  if (stands.opening) {
    sale::add(stands.totals, sales.back());
    sale::follow(stands.trail, sales.back());
  }
  return sales.back();
}

Result<JournalStore::RecordedControl> MemoryJournal::commit_control(const sale::ControlTransaction& control) {
  if (refuses) return fail(*refuses);
  controls.push_back(control);
  ++state.last_sequence;
  ++state.unsent;
  if (control.kind == sale::ControlKind::shift_open) {
    stands.opening = control;
    stands.totals = {};
  }
  sale::add(stands.totals, control);
  sale::follow(stands.trail, control);
  if (control.closing) {
    stands.opening.reset();
    stands.last_number = control.closing->number;
    stands.left_in_drawer = control.closing->left_in_drawer;
    stands.last_closing = control;
  }
  return RecordedControl{control, state.last_sequence};
}

Result<void> MemoryJournal::save_basket(const sale::Basket& open) {
  basket = open.lines.empty() ? std::nullopt : std::optional(open);
  return {};
}

std::optional<sale::RetailTransaction> MemoryJournal::last_sale() const {
  return sales.empty() ? std::nullopt : std::optional(sales.back());
}

std::optional<protocol::MemberCard> MemoryReplica::find_member(std::string_view code) const {
  const auto found = members.find(access::normal_member_code(code));
  return found == members.end() ? std::nullopt : std::optional(found->second);
}

Result<void> PaperlessPrinter::print(std::string bytes, std::function<void(Result<void>)> done) {
  if (trouble) {
    if (done) done(fail(*trouble));
    waiting_.push_back(std::move(done));
    return {};
  }
  printed.push_back(std::move(bytes));
  if (done) done({});
  return {};
}

void PaperlessPrinter::mend() {
  device = DeviceState::ok;
  trouble.reset();
  for (const auto& done : std::exchange(waiting_, {})) {
    if (done) done({});
  }
}

Result<void> StillLink::use_server(std::string_view address) {
  if (address.find(':') == std::string_view::npos) {
    return fail("net.bad_address", "Give the server as host:port.", {{"address", std::string(address)}});
  }
  server = address;
  return {};
}

FakeTill::FakeTill(ShopOptions options) : items(shop_items()) {
  if (options.with_profile) replica.store = shop_profile(options.rounding);
  if (replica.store && replica.store->till_policy) {
    replica.store->till_policy->shifts_required = options.shifts_required;
  }
  replica.items = options.with_profile ? 18'426 : 0;
  journal.basket = std::move(options.open_basket);
  if (options.with_offers) {
    replica.calendar = shop_offers();
    replica.members = {{std::string(member_card), shop_member()}, {std::string(member_phone), shop_member()}};
  }
  LaneServices services{clock,
                        random,
                        items,
                        journal,
                        replica,
                        printer,
                        "zh_CN",
                        false,
                        options.till,
                        {},
                        [this](std::function<void()> task) { posted.push_back(std::move(task)); },
                        &questions};
  questions.server = &server;
  questions.asking_till = options.till;
  if (replica.store) {
    for (const auto& person : replica.store->staff) server.staff[person.id] = person;
  }
  services.suspended = &suspended;
  services.training = &training;
  if (options.with_scale) services.scale = &scale;
  if (options.with_devices) {
    services.display = &display;
    services.drawer = &drawer;
    for (auto& scanner : scanners) services.scanners.push_back(&scanner);
  }
  lane_ = std::make_unique<Lane>(std::move(services));
}

void FakeTill::run_posted() {
  while (!posted.empty()) {
    const auto task = std::move(posted.front());
    posted.pop_front();
    task();
  }
}

void FakeTill::link_state(LinkStatus::State state, std::string_view since) {
  LinkStatus status = lane_->link();
  status.state = state;
  status.server = "10.0.8.2:8443";
  status.since = clock.now();
  if (const auto time = ZonedTime::parse(since)) status.since = *time;
  if (state != LinkStatus::State::pairing) status.ticket.reset();
  lane_->link_changed(status);
}

void FakeTill::weigh(ScaleReading::State state, std::string_view kilograms) {
  const ScaleReading reading{state, *Quantity::parse(kilograms)};
  scale.set(reading);
  lane_->scale_changed(reading);
}

namespace {

struct Goods {
  catalogue::ItemId id;
  std::string_view code, name, name_en, mnemonic, price;
  catalogue::CategoryId category;
  bool by_weight;
};

constexpr Goods goods[] = {
    {1, "2100000000012", "购物袋（大）", "Shopping bag, large", "gwdd", "0.50", 9, false},
    {2, "6901000001001", "晨牧纯牛奶 250mL×12盒", "Chenmu milk 250 mL × 12", "cmcnn250ml12h", "49.90", 9, false},
    {3, "6901000002107", "脆叶薯片 原味 70g", "Cuiye crisps, original 70 g", "cyspyw70g", "7.90", 9, false},
    {4, "6901000002114", "脆叶薯片 黄瓜味 70g", "Cuiye crisps, cucumber 70 g", "cysphgw70g", "7.90", 9, false},
    {5, "6901000003005", "金穗食用调和油 5L", "Jinsui blended oil 5 L", "jssythy5l", "69.90", 9, false},
    {6, "401", "黑猪五花肉", "Black pork belly", "hzwhr", "35.80", 3, true},
    {7, "301", "上海青", "Pak choi", "shq", "5.96", 1, true},
    {8, "6901000004002", "柔云抽纸 3层×120抽×6包", "Rouyun tissues 3-ply × 6", "rycz3c120c6b", "19.90", 9, false},
    {9, "201", "红富士苹果", "Fuji apples", "hfspg", "7.98", 2, true},
    {10, "6901000005009", "醇香白酒 500mL", "Chunxiang liquor 500 mL", "cxbj500ml", "88.00", 9, false},
    {12, "6901000006006", "山泉水 550mL", "Spring water 550 mL", "sqs550ml", "2.00", 9, false},
    {13, "6901000007003", "旧版薯片 原味 70g", "Old crisps, original 70 g", "jbspyw70g", "6.90", 9, false},
    {14, "6901000007003", "新版薯片 原味 75g", "New crisps, original 75 g", "xbspyw75g", "8.50", 9, false},
    {302, "302", "大白菜", "Cabbage", "dbc", "2.58", 1, true},
    {303, "303", "西兰花", "Broccoli", "xlh", "9.80", 1, true},
    {304, "304", "土豆", "Potato", "td", "3.98", 1, true},
    {305, "305", "西红柿", "Tomato", "xhs", "6.98", 1, true},
    {306, "306", "黄瓜", "Cucumber", "hg", "5.58", 1, true},
    {307, "307", "茄子", "Aubergine", "qz", "6.58", 1, true},
    {308, "308", "青椒", "Pepper", "qj", "7.98", 1, true},
    {309, "309", "胡萝卜", "Carrot", "hlb", "3.58", 1, true},
    {310, "310", "生姜", "Ginger", "sj", "15.80", 1, true},
    {311, "311", "大蒜", "Garlic", "ds", "12.80", 1, true},
    {312, "312", "洋葱", "Onion", "yc", "3.28", 1, true},
    {313, "313", "香菇", "Shiitake", "xg", "18.80", 1, true},
    {314, "314", "莲藕", "Lotus root", "lo", "9.98", 1, true},
    {315, "315", "小葱", "Spring onion", "xc", "8.80", 1, true},
    {316, "316", "菠菜", "Spinach", "bc", "7.60", 1, true},
    {317, "317", "芹菜", "Celery", "qc", "4.80", 1, true},
    {318, "318", "白萝卜", "White radish", "blb", "1.98", 1, true},
    {319, "319", "金针菇 150g", "Enoki mushrooms 150 g", "jzg150g", "2.50", 1, false},
    {320, "320", "有机菜心", "Organic choy sum", "yjcx", "11.80", 1, true},
    {321, "321", "贝贝南瓜", "Kabocha squash", "bbng", "6.80", 1, true},
};

}  // namespace

std::vector<catalogue::Item> shop_items() {
  std::vector<catalogue::Item> items;
  for (const Goods& one : goods) {
    catalogue::Item item;
    item.id = one.id;
    item.number = std::to_string(20'400 + one.id);
    item.name = one.name;
    item.name_en = one.name_en;
    item.mnemonic = one.mnemonic;
    item.category = one.category;
    item.tax_category = 1;
    item.unit = one.by_weight ? catalogue::UnitOfMeasure::kilogram : catalogue::UnitOfMeasure::piece;
    std::string code(one.code);
    if (code.size() == 13) code.insert(0, 1, '0');
    item.codes.push_back({code, Quantity::of_units(1), {}});
    item.prices.push_back({"regular", *Money::parse(one.price), {}, {}});
    if (one.id == 305) item.codes.push_back({"06901234567892", Quantity::of_units(1), {}});  // packed elsewhere
    if (one.id == 10) item.minimum_age = 18;
    if (one.id == 12) item.sale_blocked = true;
    items.push_back(std::move(item));
  }
  // A key of a department: the price is typed.
  catalogue::Item loose = items.front();
  loose.id = 400;
  loose.number = "20800";
  loose.name = "散装熟食";
  loose.name_en = "Deli counter";
  loose.mnemonic = "szss";
  loose.category = 4;
  loose.codes = {{"400", Quantity::of_units(1), {}}};
  loose.prices.clear();
  loose.open_price = true;
  items.push_back(std::move(loose));
  for (const auto& [id, name, name_en, code, price] :
       {std::tuple{410, "啤酒瓶押金", "Bottle deposit", "06901000009908", "1.00"},
        std::tuple{411, "周转箱押金", "Crate deposit", "06901000009915", "20.00"}}) {
    catalogue::Item deposit = items.front();
    deposit.id = id;
    deposit.number = std::to_string(20'400 + id);
    deposit.name = name;
    deposit.name_en = name_en;
    deposit.mnemonic = "yj";
    deposit.category = 0;
    deposit.codes = {{code, Quantity::of_units(1), {}}};
    deposit.prices = {{"regular", *Money::parse(price), {}, {}}};
    deposit.deposit = true;
    items.push_back(std::move(deposit));
  }
  return items;
}

protocol::StoreProfile shop_profile(CashRounding rounding) {
  protocol::StoreProfile profile;
  profile.version = 1;
  profile.name = "惠民生鲜 · 城东店";
  profile.name_en = "City East";
  profile.cash_rounding = rounding;
  profile.taxes = {{1, "13 %", "A", {{Rate::of_per_10k(1300)}}}};
  profile.categories = {{1, "蔬菜", "Vegetables", 1},
                        {2, "水果", "Fruit", 2},
                        {3, "肉禽蛋", "Meat", 3},
                        {4, "散货", "Loose", 4},
                        {9, "其他", "Other", 0}};
  // One Argon2id for all: the PIN is the same, and each costs time.
  static const std::string verifier = *access::make_verifier(access::SecretKind::pin, shop_pin);
  const auto person = [](std::int64_t id, std::string number, std::string name, access::Role role) {
    access::StaffMember member;
    member.id = id;
    member.number = std::move(number);
    member.name = std::move(name);
    member.role = role;
    member.pin_verifier = verifier;
    return member;
  };
  profile.staff = {person(1, "1027", "王丽", access::Role::cashier), person(2, "1031", "陈浩", access::Role::cashier),
                   person(3, "1015", "李娜", access::Role::cashier),
                   person(4, "1003", "周敏", access::Role::supervisor),
                   person(5, "1001", "周建国", access::Role::manager)};
  profile.member_secret = std::string(64, 'a');
  profile.staff[3].badge_key = access::badge_key(*profile.member_secret, supervisor_badge);
  protocol::TillPolicy policy;
  policy.usual_float = Money::of_minor(500'00);
  policy.methods = {{"meal_card", "美食卡", "Meal card", true, true}, {"mall", "商场卡", "Mall card", false, true}};
  profile.till_policy = std::move(policy);
  return profile;
}

}  // namespace lanekeeper::till::test

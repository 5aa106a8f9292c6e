#include "goods.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>

#include "access/verifier.h"
#include "barcode/gtin.h"
#include "base/error.h"
#include "base/text.h"
#include "cache/catalogue_replica.h"
#include "cache/replica_file.h"

namespace lanekeeper::bench {

namespace {

namespace fs = std::filesystem;

constexpr const char* kinds[] = {"可口可乐", "雪碧汽水", "纯牛奶", "酸奶",   "方便面",   "洗衣液", "抽纸",   "牙膏",
                                 "花生油",   "大米",     "挂面",   "酱油",   "陈醋",     "饼干",   "薯片",   "巧克力",
                                 "矿泉水",   "绿茶",     "橙汁",   "啤酒",   "火腿肠",   "鸡精",   "洗发水", "香皂",
                                 "毛巾",     "电池",     "垃圾袋", "保鲜膜", "苏打饼干", "瓜子",   "豆腐干", "午餐肉"};
constexpr const char* makers[] = {"伊利", "蒙牛",   "统一", "康师傅", "娃哈哈", "农夫山泉", "金龙鱼", "海天",
                                  "立白", "心相印", "双汇", "好丽友", "旺旺",   "青岛",     "雪花",   "达利园"};
constexpr const char* flavours[] = {"", "原味", "草莓味", "柠檬味", "无糖", "香辣", "清爽", "家庭装", "经典", "有机"};
constexpr const char* specs[] = {"500ml", "1.25L", "250g", "330ml*6", "5kg", "100抽", "2.5L", "75g", "1kg", "18包"};

template <std::size_t N>
const char* pick(const char* const (&list)[N], std::uint64_t number) {
  return list[number % N];
}

// Scatters ids so that neighbours have nothing in common (SplitMix64's finaliser).
std::uint64_t scatter(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

std::vector<std::string> fields(const std::string& line, char separator) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      out.emplace_back();
    } else if (c != '\r') {
      out.back() += c;
    }
  }
  return out;
}

std::string as_name(std::string text, std::size_t characters = 60) {
  // The operator of one source put an "A" in front for sorting.
  if (text.size() > 3 && text[0] == 'A' && static_cast<unsigned char>(text[1]) >= 0xE4) text.erase(0, 1);
  auto wide = to_utf32(sanitize_utf8(trim(text)));
  if (wide.size() > characters) wide.resize(characters);
  return to_utf8(wide);
}

fs::path data_folder() {
  return fs::path(LANEKEEPER_BENCH_DATA);
}

}  // namespace

Goods::Goods() {
  read_real_articles();
  real_ = !articles_.empty();
  if (real_) return;
  std::fprintf(stderr, "../shared/data/goods is not there: names are made of common words\n");
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const auto dice = scatter(i);
    articles_.push_back({std::string(pick(makers, dice)) + pick(flavours, dice >> 16) + pick(kinds, dice >> 24),
                         pick(makers, dice), pick(specs, dice >> 32), ""});
  }
}

std::string Goods::source() const {
  return fmt::format("{}{}", real_ ? "real" : "made", articles_.size());
}

void Goods::read_real_articles() {
  const auto folder = fs::path(LANEKEEPER_SOURCE_DIR).parent_path() / "shared" / "data" / "goods";
  std::ifstream chinese(folder / "chinese_goods_1460.csv");
  std::string line;
  std::getline(chinese, line);
  std::vector<Article> names;
  while (std::getline(chinese, line)) {
    const auto row = fields(line, ',');
    if (row.size() >= 4 && !row[1].empty()) names.push_back({as_name(row[1]), "", as_name(row[2], 20), row[3]});
  }
  std::ifstream world(folder / "cn69x_40k.tsv");
  std::getline(world, line);
  // Three Chinese articles to one with a foreign name, as in a Chinese shop with an imports shelf.
  std::size_t next = 0;
  while (!names.empty() && std::getline(world, line)) {
    const auto row = fields(line, '\t');
    if (row.size() < 2) continue;
    for (int i = 0; i < 3; ++i, ++next) {
      auto article = names[next % names.size()];
      const auto round = next / names.size();
      if (round > 0) {
        article.name += pick(flavours, scatter(next) >> 8);
        article.brand = pick(makers, scatter(next) >> 16);
        article.spec = pick(specs, scatter(next) >> 24);
        article.code.clear();
      }
      articles_.push_back(std::move(article));
    }
    articles_.push_back({as_name(row[1]), row.size() > 3 ? as_name(row[3], 20) : "", "", row[0]});
  }
}

std::string Goods::code_of(catalogue::ItemId id) const {
  const auto index = static_cast<std::size_t>(id - 1);
  if (index < articles_.size()) {
    if (const auto gtin = barcode::canonical_gtin(articles_[index].code)) return *gtin;
  }
  // 693..697: a maker of seven digits, an article of five.
  const auto digits =
      6'930'000'000'00LL + static_cast<long long>(scatter(static_cast<std::uint64_t>(id)) % 50'000'000'000);
  auto text = std::to_string(digits);
  text += barcode::check_digit(text);
  return barcode::canonical_gtin(text).value();
}

catalogue::Item Goods::make(catalogue::ItemId id) const {
  const auto index = static_cast<std::size_t>(id - 1);
  const auto dice = scatter(static_cast<std::uint64_t>(id) * 3);
  const auto& article = articles_[index % articles_.size()];
  const auto round = index / articles_.size();
  catalogue::Item item;
  item.id = id;
  item.number = std::to_string(1'000'000 + id);
  item.name = article.name;
  if (round > 0) item.name += std::string(pick(flavours, dice >> 4)) + pick(specs, dice >> 12);
  item.spec = article.spec;
  item.brand = article.brand;
  item.mnemonic = catalogue::pinyin_initials(item.name);
  item.category = static_cast<catalogue::CategoryId>(2 + dice % 40);
  item.tax_category = static_cast<catalogue::TaxCategoryId>(1 + (dice >> 20) % 2);
  item.prices.push_back({"regular", Money::of_minor(static_cast<std::int64_t>(100 + (dice >> 28) % 20'000)), {}, {}});
  if (id % 500 == 0) {
    item.unit = catalogue::UnitOfMeasure::kilogram;
    item.category = 1;
    item.codes.push_back({std::to_string(10'000 + id / 500), Quantity::of_units(1), {}});
  } else {
    item.codes.push_back({code_of(id), Quantity::of_units(1), {}});
  }
  if (id % 50 == 1) item.codes.push_back({"1" + item.codes[0].code.substr(1), Quantity::of_units(24), {}});
  item.version = 1;
  return item;
}

protocol::StoreProfile bench_profile() {
  protocol::StoreProfile profile;
  profile.version = 1;
  profile.name = "惠民生鲜 城东店";
  catalogue::TaxCategory standard;
  standard.id = 1;
  standard.name = "13 %";
  standard.letter = "A";
  standard.rates.push_back({Rate::of_per_10k(1300), Date{1900, 1, 1}});
  auto reduced = standard;
  reduced.id = 2;
  reduced.name = "9 %";
  reduced.letter = "B";
  reduced.rates[0].rate = Rate::of_per_10k(900);
  profile.taxes = {standard, reduced};
  profile.categories.push_back({1, "蔬菜水果", "Produce", 1});
  access::StaffMember cashier;
  cashier.id = 1;
  cashier.number = "1001";
  cashier.name = "张敏";
  cashier.role = access::Role::cashier;
  auto verifier = access::make_verifier(access::SecretKind::pin, "2580");
  if (!verifier) throw Fault("bench.conditions", verifier.error().message);
  cashier.pin_verifier = std::move(*verifier);
  profile.staff.push_back(std::move(cashier));
  return profile;
}

fs::path replica_of(std::int64_t items) {
  constexpr int generation = 1;  // of the goods above
  const Goods goods;
  const auto folder = data_folder() / fmt::format("replica-{}-{}-{}-{}", items, generation,
                                                  till::replica_schema_version, goods.source());
  if (fs::exists(folder / "complete")) return folder;
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::fprintf(stderr, "making a replica of %lld items (once)\n", static_cast<long long>(items));
  till::ReplicaWriter writer(folder);
  if (!writer.store_profile(bench_profile())) throw Fault("bench.conditions", "no room for a replica");
  constexpr std::int64_t page_items = 5000;
  for (std::int64_t first = 1; first <= items; first += page_items) {
    protocol::CataloguePage page;
    page.version = 1;
    page.complete = first + page_items > items;
    for (auto id = first; id < first + page_items && id <= items; ++id) page.items.push_back(goods.make(id));
    if (!writer.apply(page)) throw Fault("bench.conditions", "no room for a replica");
  }
  while (writer.tidy()) {
  }
  std::ofstream(folder / "complete") << "yes\n";
  return folder;
}

Scratch::Scratch() {
  fs::create_directories(data_folder());
  auto pattern = (data_folder() / "scratch-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw Fault("bench.conditions", "no folder beside the build");
  path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace lanekeeper::bench

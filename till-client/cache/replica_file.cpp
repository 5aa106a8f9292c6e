#include "cache/replica_file.h"

#include <limits>

#include "base/json_codec.h"
#include "base/text.h"
#include "cache/row_sum.h"

namespace lanekeeper::till {

const char* const item_columns =
    "i.id, i.number, i.name, i.name_en, i.spec, i.brand, i.mnemonic, i.category, i.tax_category, i.unit, i.tare,"
    "i.minimum_age, i.flags, i.version, i.price, i.prices, i.code, i.codes, i.sale_from_minute,"
    "i.sale_to_minute, i.check_sum";

namespace {

constexpr const char* file_name = "replica.db";
constexpr const char* new_file = "replica-new.db";
constexpr std::int64_t application_id = 0x4c4b5231;  // "LKR1"
constexpr std::int64_t flag_sale_blocked = 1;
constexpr std::int64_t flag_discount_blocked = 2;
constexpr std::int64_t flag_open_price = 4;
constexpr std::int64_t flag_return_blocked = 8;
constexpr std::int64_t flag_deposit = 16;
// Items without a PLU come after those with one.
constexpr std::int64_t no_plu = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t longest_plu = 7;

constexpr const char* tables =
    "CREATE TABLE item(id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL,"
    "  spec TEXT NOT NULL, brand TEXT NOT NULL, mnemonic TEXT NOT NULL, category INTEGER NOT NULL,"
    "  tax_category INTEGER NOT NULL, unit INTEGER NOT NULL, tare INTEGER NOT NULL, minimum_age INTEGER NOT NULL,"
    "  flags INTEGER NOT NULL, version INTEGER NOT NULL, price INTEGER, prices TEXT, code TEXT, codes TEXT,"
    "  sale_from_minute INTEGER, sale_to_minute INTEGER,"
    "  key_order INTEGER NOT NULL, check_sum INTEGER NOT NULL) STRICT;"
    "CREATE INDEX item_number ON item(number);"
    "CREATE INDEX item_quick_key ON item(category, key_order);"
    "CREATE INDEX item_department_key ON item(key_order) WHERE flags & 4;"
    "CREATE INDEX item_deposit ON item(key_order) WHERE flags & 16;"
    "CREATE TABLE code(code TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY(code, item)) STRICT, WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE search USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii');"
    "CREATE TABLE meta(key INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT;"
    "CREATE TABLE profile(id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"
    "CREATE TABLE book(version INTEGER PRIMARY KEY, effective_ms INTEGER NOT NULL, utc_offset_min INTEGER NOT NULL,"
    "  definitions TEXT NOT NULL, check_sum INTEGER NOT NULL) STRICT;"
    "CREATE TABLE member(id INTEGER PRIMARY KEY, body TEXT NOT NULL, check_sum INTEGER NOT NULL) STRICT;"
    "CREATE TABLE member_key(key TEXT NOT NULL, member INTEGER NOT NULL, PRIMARY KEY(key, member))"
    "  STRICT, WITHOUT ROWID;"
    "CREATE INDEX member_key_member ON member_key(member);";

void create_tables(const sqlite::Database& database) {
  sqlite::Transaction transaction(database);
  database.execute(tables);
  database.execute("PRAGMA application_id=" + std::to_string(application_id));
  database.execute("PRAGMA user_version=" + std::to_string(replica_schema_version));
  transaction.commit();
}

sqlite::Database open_connection(const std::filesystem::path& file) {
  sqlite::Database database(file);
  database.execute("PRAGMA journal_mode=WAL");
  database.execute("PRAGMA synchronous=NORMAL");
  database.execute("PRAGMA secure_delete=OFF");
  return database;
}

bool is_ours(const sqlite::Database& database) {
  return database.integer("PRAGMA application_id") == application_id &&
         database.integer("PRAGMA user_version") == replica_schema_version;
}

bool is_plain(const catalogue::Price& price) {
  return price.list == "regular" && !price.valid_from && !price.valid_to;
}
bool is_plain(const catalogue::ItemCode& code) {
  return code.pack_quantity == Quantity::of_units(1) && !code.pack_price;
}

// The columns of item_columns, by what they hold; the check sum comes behind them.
constexpr int item_text_columns[] = {1, 2, 3, 4, 5, 6, 15, 16, 17};
constexpr int item_number_columns[] = {0, 7, 8, 9, 10, 11, 12, 13, 14, 18, 19};
constexpr int check_sum_column = 20;

std::int64_t sum_of(const sqlite::Statement& row) {
  RowSum sum;
  for (const int column : item_number_columns) {
    if (row.is_null(column)) {
      sum.add_null();
    } else {
      sum.add(row.integer(column));
    }
  }
  for (const int column : item_text_columns) {
    if (row.is_null(column)) {
      sum.add_null();
    } else {
      sum.add(row.text(column));
    }
  }
  return sum.value();
}

std::int64_t key_order(const catalogue::Item& item) {
  for (const auto& code : item.codes) {
    if (code.code.size() <= longest_plu && is_ascii_digits(code.code)) return std::stoll(code.code);
  }
  return no_plu;
}

// While it lives, SQLite takes whatever the file holds for an empty database when it is written to.
class AnyContent {
 public:
  explicit AnyContent(const sqlite::Database& database) : handle_(database.handle()) { set(1); }
  ~AnyContent() { set(0); }
  AnyContent(const AnyContent&) = delete;
  AnyContent& operator=(const AnyContent&) = delete;

 private:
  void set(int on) const { sqlite3_db_config(handle_, SQLITE_DBCONFIG_RESET_DATABASE, on, nullptr); }
  sqlite3* handle_;
};

void copy_all(const sqlite::Database& to, const sqlite::Database& from) {
  auto* const backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) throw sqlite::Failure(sqlite3_extended_errcode(to.handle()), "the copy could not begin");
  const int copied = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (copied != SQLITE_DONE || finished != SQLITE_OK) {
    throw sqlite::Failure(finished != SQLITE_OK ? finished : copied, "the copy could not be put in place");
  }
}

template <class T>
std::vector<T> decode_list(std::string_view text) {
  auto list = json::decode<std::vector<T>>(text);
  if (!list) throw sqlite::Failure(SQLITE_CORRUPT, "replica.db holds a list that cannot be read");
  return std::move(*list);
}

}  // namespace

sqlite::Database open_replica(const std::filesystem::path& directory) {
  const auto file = directory / file_name;
  try {
    auto database = open_connection(file);
    if (is_ours(database)) {
      static_cast<void>(database.integer("SELECT count(*) FROM meta"));
      return database;
    }
  } catch (const sqlite::Failure& failure) {
    if (!failure.is_damage() && failure.primary_code() != SQLITE_ERROR) throw;
  }
  sqlite::remove_files(file);
  auto database = open_connection(file);
  create_tables(database);
  return database;
}

void remove_replica(const std::filesystem::path& directory) {
  sqlite::remove_files(directory / file_name);
}

sqlite::Database open_new_replica(const std::filesystem::path& directory) {
  remove_new_replica(directory);
  auto database = open_connection(directory / new_file);
  // Thrown away when it does not get finished, and synced when it takes the other's place.
  database.execute("PRAGMA synchronous=OFF");
  create_tables(database);
  return database;
}

void remove_new_replica(const std::filesystem::path& directory) {
  sqlite::remove_files(directory / new_file);
}

void replace_replica(const sqlite::Database& to, const sqlite::Database& from) {
  const AnyContent accepted(to);
  try {
    copy_all(to, from);
    return;
  } catch (const sqlite::Failure& failure) {
    if (!failure.is_damage()) throw;
  }
  to.execute("VACUUM");  // the head of the file is gone: with AnyContent this makes an empty one
  copy_all(to, from);
}

catalogue::Item read_item(const sqlite::Statement& row) {
  if (sum_of(row) != row.integer(check_sum_column)) {
    throw sqlite::Failure(SQLITE_CORRUPT, "replica.db holds an item that is not what was written");
  }
  catalogue::Item item;
  item.id = row.integer(0);
  item.number = row.text(1);
  item.name = row.text(2);
  item.name_en = row.text(3);
  item.spec = row.text(4);
  item.brand = row.text(5);
  item.mnemonic = row.text(6);
  item.category = row.integer(7);
  item.tax_category = row.integer(8);
  item.unit = static_cast<catalogue::UnitOfMeasure>(row.integer(9));
  item.tare = Quantity::of_milli(row.integer(10));
  item.minimum_age = row.integer(11);
  item.sale_blocked = (row.integer(12) & flag_sale_blocked) != 0;
  item.discount_blocked = (row.integer(12) & flag_discount_blocked) != 0;
  if ((row.integer(12) & flag_open_price) != 0) item.open_price = true;
  if ((row.integer(12) & flag_return_blocked) != 0) item.return_blocked = true;
  if ((row.integer(12) & flag_deposit) != 0) item.deposit = true;
  item.version = row.integer(13);
  if (!row.is_null(14)) item.prices.push_back({"regular", Money::of_minor(row.integer(14)), {}, {}});
  if (!row.is_null(15)) item.prices = decode_list<catalogue::Price>(row.text(15));
  if (!row.is_null(16)) item.codes.push_back({std::string(row.text(16)), Quantity::of_units(1), {}});
  if (!row.is_null(17)) item.codes = decode_list<catalogue::ItemCode>(row.text(17));
  if (!row.is_null(18)) item.sale_hours = catalogue::SaleHours{row.integer(18), row.integer(19)};
  return item;
}

catalogue::ItemSummary summary_of(const catalogue::Item& item, Instant now) {
  catalogue::ItemSummary summary;
  summary.id = item.id;
  summary.number = item.number;
  summary.name = item.name;
  summary.name_en = item.name_en;
  summary.spec = item.spec;
  if (!item.codes.empty()) summary.code = item.codes.front().code;
  summary.unit = item.unit;
  summary.price = catalogue::price_at(item, "regular", now);
  summary.open_price = item.open_price.value_or(false);
  return summary;
}

ItemInsert::ItemInsert(const sqlite::Database& database)
    : statement_(
          database,
          "INSERT OR REPLACE INTO item(id, number, name, name_en, spec, brand, mnemonic, category, tax_category,"
          "unit, tare, minimum_age, flags, version, price, prices, code, codes, sale_from_minute, sale_to_minute,"
          "key_order, check_sum) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") {}

void ItemInsert::run(const catalogue::Item& item) {
  const std::int64_t flags = (item.sale_blocked ? flag_sale_blocked : 0) |
                             (item.discount_blocked ? flag_discount_blocked : 0) |
                             (item.open_price.value_or(false) ? flag_open_price : 0) |
                             (item.return_blocked.value_or(false) ? flag_return_blocked : 0) |
                             (item.deposit.value_or(false) ? flag_deposit : 0);
  const auto unit = static_cast<std::int64_t>(item.unit);
  const bool one_price = item.prices.size() == 1 && is_plain(item.prices.front());
  const bool one_code = item.codes.size() == 1 && is_plain(item.codes.front());
  const auto prices = one_price || item.prices.empty() ? std::string() : json::encode(item.prices);
  const auto codes = one_code || item.codes.empty() ? std::string() : json::encode(item.codes);

  auto& s = statement_;
  RowSum sum;
  // Numbers first and then texts, as sum_of() reads them back.
  const auto number = [&](int column, std::int64_t value) {
    s.bind(column + 1, value);
    sum.add(value);
  };
  const auto text = [&](int column, std::string_view value) {
    s.bind(column + 1, value);
    sum.add(value);
  };
  number(0, item.id);
  number(7, item.category);
  number(8, item.tax_category);
  number(9, unit);
  number(10, item.tare.milli());
  number(11, item.minimum_age);
  number(12, flags);
  number(13, item.version);
  const auto number_or_null = [&](int column, bool there, std::int64_t value) {
    if (there) {
      number(column, value);
    } else {
      sum.add_null();
    }
  };
  number_or_null(14, one_price, one_price ? item.prices.front().amount.minor() : 0);
  const auto hours = item.sale_hours.value_or(catalogue::SaleHours{});
  number_or_null(18, item.sale_hours.has_value(), hours.from_minute);
  number_or_null(19, item.sale_hours.has_value(), hours.to_minute);
  text(1, item.number);
  text(2, item.name);
  text(3, item.name_en);
  text(4, item.spec);
  text(5, item.brand);
  text(6, item.mnemonic);
  const auto text_or_null = [&](int column, bool there, std::string_view value) {
    if (there) {
      text(column, value);
    } else {
      sum.add_null();
    }
  };
  text_or_null(15, !prices.empty(), prices);
  text_or_null(16, one_code, one_code ? std::string_view(item.codes.front().code) : std::string_view());
  text_or_null(17, !codes.empty(), codes);
  s.bind(21, key_order(item)).bind(22, sum.value()).run();
}

}  // namespace lanekeeper::till

#include "importing/column_map.h"

#include <algorithm>
#include <unordered_set>

#include "barcode/gtin.h"
#include "base/text.h"
#include "importing/cell_values.h"
#include "importing/text_encoding.h"

namespace lanekeeper::importing {
namespace {

constexpr std::size_t heading_rows = 10;
constexpr std::size_t few_names = 5;

struct Names {
  Column column;
  std::vector<std::string_view> names;
};

// Written as normalise() leaves them.
const std::vector<Names>& known_names() {
  static const std::vector<Names> names = {
      {Column::barcode,
       {"条码",     "商品条码", "国际条码", "条形码",   "商品条形码",  "主条码",         "国条码",  "单品条码",
        "货品条码", "条码号",   "barcode",  "barcodes", "ean",         "ean13",          "ean8",    "upc",
        "upcean",   "eanupc",   "gtin",     "gtin13",   "itembarcode", "productbarcode", "ean编码", "69码"}},
      {Column::number,
       {"货号",          "编号",     "商品编号",  "商品编码",    "编码",         "单品编码", "单品编号", "货品编码",
        "货品编号",      "商品货号", "自编码",    "内码",        "商品代码",     "物料编码", "物料编号", "id",
        "number",        "no",       "itemno",    "itemnumber",  "itemid",       "itemcode", "sku",      "skuid",
        "articlenumber", "article",  "productid", "productcode", "productnumber"}},
      {Column::plu, {"plu", "plu码", "plu号", "plu编号", "生鲜码", "秤码", "称码", "称重编码", "电子秤码", "plucode"}},
      {Column::name,
       {"名称", "商品名称", "品名", "单品名称", "货品名称", "商品名", "产品名称", "货名", "中文名称", "商品全名",
        "商品", "name", "itemname", "productname", "product", "description", "itemdescription", "title", "namezh"}},
      {Column::name_en, {"英文名称", "英文名", "商品英文名", "nameen", "englishname", "nameenglish"}},
      {Column::spec, {"规格", "商品规格", "规格型号", "型号", "spec", "specification", "specs"}},
      {Column::brand, {"品牌", "商标", "品牌名称", "brand", "brandname"}},
      {Column::mnemonic, {"助记码", "拼音码", "简码", "拼音简码", "拼音", "mnemonic", "shortcode", "pinyin"}},
      {Column::category,
       {"分类", "类别", "商品分类", "商品类别", "分类名称", "类别名称", "品类", "部门", "小类", "大类", "类",
        "category", "categoryname", "department", "group", "productgroup"}},
      {Column::unit,
       {"单位", "计量单位", "销售单位", "基本单位", "商品单位", "unit", "uom", "unitofmeasure", "salesunit"}},
      {Column::weighed,
       {"称重", "是否称重", "称重商品", "计重", "计价方式", "计量方式", "是否计重", "weighed", "byweight",
        "weighable"}},
      {Column::price,
       {"售价", "零售价", "零售价格", "单价", "销售价", "销售价格", "销售单价", "价格", "现价", "标价", "正常售价",
        "price", "retailprice", "sellingprice", "unitprice", "salesprice", "saleprice", "regularprice"}},
      {Column::member_price, {"会员价", "会员售价", "会员价格", "vip价", "memberprice", "vipprice", "loyaltyprice"}},
      {Column::cost,
       {"进价", "进货价", "成本", "成本价", "采购价", "参考进价", "最新进价", "cost", "costprice", "purchaseprice",
        "buyingprice"}},
      {Column::tax, {"税率", "税", "销项税率", "增值税率", "tax", "taxrate", "vat", "vatrate"}},
      {Column::tare, {"皮重", "tare", "tareweight"}},
      {Column::minimum_age, {"年龄限制", "最低年龄", "限制年龄", "minimumage", "agelimit", "minage", "age"}},
      {Column::status, {"状态", "商品状态", "启用", "是否启用", "status", "state", "active", "enabled"}},
      {Column::sale_blocked, {"停售", "禁售", "禁止销售", "saleblocked", "blocked"}},
      {Column::discount_blocked, {"禁止折扣", "不打折", "禁止打折", "discountblocked", "nodiscount"}},
      {Column::discount_allowed, {"允许折扣", "可打折", "允许打折", "discountallowed", "discountable"}},
      {Column::case_barcode,
       {"箱码", "箱条码", "外箱条码", "件码", "整箱条码", "casebarcode", "casecode", "packbarcode"}},
      {Column::case_quantity,
       {"箱装数", "装箱数", "箱规", "件装数", "包装数量", "casequantity", "packsize", "packquantity"}},
      {Column::case_price, {"箱价", "件价", "整箱价", "caseprice", "packprice"}},
      {Column::open_price, {"开价", "开放价", "现场定价", "手输价格", "openprice", "priceattill"}},
      {Column::return_blocked,
       {"不可退货", "不可退", "不能退货", "禁止退货", "不退", "noreturn", "noreturns", "returnblocked"}},
      {Column::deposit, {"押金", "是否押金", "押金商品", "deposit", "isdeposit"}},
      {Column::sale_hours, {"销售时段", "可售时段", "售卖时段", "salehours", "hoursofsale"}},
  };
  return names;
}

// Lower case, plain forms, no blanks or signs, no remarks in brackets.
std::string normalise(std::string_view heading) {
  const std::string plain = to_lower_ascii(plain_forms(heading));
  std::string out;
  int depth = 0;
  for (const char c : plain) {
    if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      depth = std::max(0, depth - 1);
    } else if (depth == 0) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    }
  }
  return out;
}

std::string_view cell_text(const Row& row, std::size_t column) {
  return column < row.cells.size() ? trim(row.cells[column].text) : std::string_view();
}

bool is_gtin(std::string_view text) {
  const bool length = text.size() == 8 || (text.size() >= 12 && text.size() <= 14);
  return length && barcode::has_valid_check_digit(text);
}

struct HeadingRow {
  ColumnMap map;
  int known = 0;
  bool identifies = false;
};

HeadingRow read_headings(const Row& row) {
  HeadingRow out;
  std::optional<std::size_t> code;  // "code" is a barcode, unless another column is
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string heading = clean_text(row.cells[i].text);
    out.map.headings.push_back(heading);
    if (heading.empty()) continue;
    if (const std::string plain = normalise(heading); plain == "code" || plain == "码") {
      code = i;
      continue;
    }
    const auto column = column_of_heading(heading);
    if (!column || out.map.has(*column)) {
      out.map.ignored.push_back(heading);
      continue;
    }
    out.map.at[static_cast<std::size_t>(*column)] = i;
    ++out.known;
  }
  if (code) {
    const auto free = !out.map.has(Column::barcode)  ? std::optional(Column::barcode)
                      : !out.map.has(Column::number) ? std::optional(Column::number)
                                                     : std::nullopt;
    if (free) {
      out.map.at[static_cast<std::size_t>(*free)] = *code;
      ++out.known;
    }
  }
  out.map.heading_line = row.line;
  out.identifies = out.map.has(Column::barcode) || out.map.has(Column::number) || out.map.has(Column::name) ||
                   out.map.has(Column::plu);
  return out;
}

struct ColumnFacts {
  std::size_t filled = 0;
  std::size_t gtins = 0;
  std::size_t digits = 0;
  std::size_t letters = 0;  // cells with something beyond ASCII digits and signs
  std::size_t text_length = 0;
  std::size_t distinct = 0;
};

std::vector<ColumnFacts> look_at(const std::vector<Row>& sample) {
  std::size_t width = 0;
  for (const auto& row : sample) width = std::max(width, row.cells.size());
  std::vector<ColumnFacts> facts(width);
  for (std::size_t column = 0; column < width; ++column) {
    std::unordered_set<std::string_view> seen;
    auto& fact = facts[column];
    for (const auto& row : sample) {
      const auto text = cell_text(row, column);
      if (text.empty()) continue;
      ++fact.filled;
      fact.gtins += is_gtin(text) ? 1 : 0;
      fact.digits += is_ascii_digits(text) ? 1 : 0;
      fact.letters += std::any_of(text.begin(), text.end(),
                                  [](char c) {
                                    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
                                           (c >= 'A' && c <= 'Z');
                                  })
                          ? 1
                          : 0;
      fact.text_length += text.size();
      seen.insert(text);
    }
    fact.distinct = seen.size();
  }
  return facts;
}

// Without headings: the barcodes give themselves away; names are words that hardly repeat; a number is another column
// of digits that never repeats.
std::optional<ColumnMap> guess_columns(const std::vector<Row>& sample) {
  constexpr std::size_t few_rows = 3;
  if (sample.size() < few_rows) return std::nullopt;
  const auto facts = look_at(sample);
  ColumnMap map;
  auto& barcode = map.at[static_cast<std::size_t>(Column::barcode)];
  auto& name = map.at[static_cast<std::size_t>(Column::name)];
  auto& number = map.at[static_cast<std::size_t>(Column::number)];
  const auto most = [&sample](std::size_t count) { return count * 5 >= sample.size() * 4; };
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto& fact = facts[i];
    if (most(fact.gtins) && (!barcode || fact.gtins > facts[*barcode].gtins)) barcode = i;
    if (most(fact.letters) && most(fact.distinct) && (!name || fact.text_length > facts[*name].text_length)) name = i;
  }
  for (std::size_t i = 0; i < facts.size() && !number; ++i) {
    const auto& fact = facts[i];
    const bool taken = barcode == i || name == i;
    if (!taken && fact.digits == sample.size() && fact.distinct == sample.size()) number = i;
  }
  if (!barcode || !name) return std::nullopt;
  return map;
}

void look_for_habits(ColumnMap& map, const std::vector<Row>& rows) {
  if (const auto name = map.position(Column::name)) {
    std::size_t names = 0;
    std::size_t with_letter = 0;
    for (const auto& row : rows) {
      const auto text = cell_text(row, *name);
      if (text.empty()) continue;
      ++names;
      // Before a Chinese character it is no part of a name; a list that is merely sorted has English words there.
      if (text.size() > 1 && text[0] == 'A' && static_cast<unsigned char>(text[1]) >= 0x80) ++with_letter;
    }
    map.stray_letter = with_letter >= few_names && with_letter * 2 > names;
  }
  const auto number = map.position(Column::number);
  if (number && !map.has(Column::barcode)) {
    std::size_t filled = 0;
    std::size_t gtins = 0;
    for (const auto& row : rows) {
      const auto text = cell_text(row, *number);
      filled += text.empty() ? 0 : 1;
      gtins += is_gtin(text) ? 1 : 0;
    }
    map.number_is_barcode = gtins > 0 && gtins * 5 >= filled * 4;
  }
}

}  // namespace

std::optional<Column> column_of_heading(std::string_view heading) {
  const std::string plain = normalise(heading);
  if (plain.empty()) return std::nullopt;
  for (const auto& [column, names] : known_names()) {
    if (std::find(names.begin(), names.end(), plain) != names.end()) return column;
  }
  return std::nullopt;
}

std::string ColumnMap::heading(Column column) const {
  const auto where = position(column);
  return where && *where < headings.size() ? headings[*where] : std::string();
}

std::optional<ColumnMap> map_columns(const std::vector<Row>& sample) {
  for (std::size_t i = 0; i < std::min(sample.size(), heading_rows); ++i) {
    HeadingRow headings = read_headings(sample[i]);
    if (headings.known < 2 || !headings.identifies) continue;
    look_for_habits(headings.map, {sample.begin() + static_cast<std::ptrdiff_t>(i) + 1, sample.end()});
    return std::move(headings.map);
  }
  auto map = guess_columns(sample);
  if (map) look_for_habits(*map, sample);
  return map;
}

}  // namespace lanekeeper::importing

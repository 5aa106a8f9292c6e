// lanekeeper-price: what a basket costs under a set of promotions, and what a scanned code means, on the command line.
// docs/promotions.md and docs/barcodes.md tell the formats. Exit status: 0 priced (in a batch: every line was
// answered), 2 a file or a code is missing or malformed.
#include <fstream>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>

#include "barcode/decode.h"
#include "base/system_clock.h"
#include "pricing/price_case.h"
#include "pricing/promotion_json.h"

namespace {

using namespace lanekeeper;

constexpr int malformed = 2;

struct Options {
  std::string promotions_file;
  std::string basket_file;
  bool batch = false;
  bool explain = false;
  std::string code;
  std::vector<std::string> layouts = {"21PPPPPAAAAAC", "22PPPPPWWWWWC"};
  std::string time;
};

int complain(const std::string& file, const Error& error) {
  const auto place = pricing::place_of(error);
  std::cerr << "lanekeeper-price: " << file << ": " << (place.empty() ? "" : place + ": ") << error.message << " ("
            << error.code << ")\n";
  return malformed;
}

std::optional<std::string> text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf()) || in.bad()) {
    // An empty file fails to be copied as well; its text is then complained about as no JSON.
    if (in.is_open() && in.good()) return text.str();
    if (in.is_open() && in.peek() == std::ifstream::traits_type::eof() && !in.bad()) return std::string();
    std::cerr << "lanekeeper-price: " << file << ": cannot be read\n";
    return std::nullopt;
  }
  return std::move(text).str();
}

int price_files(const Options& options) {
  const auto promotions_text = text_of(options.promotions_file);
  const auto basket_text = text_of(options.basket_file);
  if (!promotions_text || !basket_text) return malformed;
  const auto promotions = pricing::parse_promotions(*promotions_text);
  if (!promotions) return complain(options.promotions_file, promotions.error());
  const auto goods = pricing::parse_goods(*basket_text);
  if (!goods) return complain(options.basket_file, goods.error());
  pricing::PricingOptions pricing_options;
  pricing_options.near_misses = options.explain;
  const auto priced = pricing::price_goods(*promotions, *goods, pricing_options);
  if (!priced) return complain(options.basket_file, priced.error());
  std::cout << pricing::write_priced(*goods, *priced, options.explain) << std::endl;
  return std::cout ? 0 : 1;
}

int explain_code(const Options& options) {
  barcode::DecodeContext context;
  for (const auto& pattern : options.layouts) {
    auto layout = barcode::VariableMeasureLayout::parse(pattern, pattern);
    if (!layout) return complain("--layout " + pattern, layout.error());
    context.layouts.push_back(std::move(*layout));
  }
  context.now = SystemClock().now();
  if (!options.time.empty()) {
    const auto time = ZonedTime::parse(options.time);
    if (!time) return complain("--time", time.error());
    context.now = *time;
  }
  const auto decoded = barcode::decode(options.code, barcode::Symbology::unknown, context);
  std::cout << barcode::decoded_json(options.code, barcode::Symbology::unknown, context) << std::endl;
  return decoded ? 0 : malformed;
}

int price_batch(bool explain) {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::cout << pricing::price_case(line, explain) << '\n';
    // Whoever sends one case and waits for its answer gets it; a file goes through in large pieces.
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
  std::cout.flush();
  return std::cout ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Prices a basket under a set of promotions.", "lanekeeper-price");
  auto* batch = app.add_flag("--batch", options.batch, "one case a line on the standard input, one result a line");
  auto* promotions =
      app.add_option("--promotions", options.promotions_file, "file with the promotions: a JSON list of definitions");
  auto* basket =
      app.add_option("--basket", options.basket_file,
                     "file with the basket: a JSON object with time, lines, and member, coupons, uses_left, manual");
  app.add_flag("--explain", options.explain, "add which promotion of which layer did what, and what was just missed");
  promotions->needs(basket)->excludes(batch);
  basket->needs(promotions)->excludes(batch);
  auto* code = app.add_option("--barcode", options.code, "say what a scanned code means, as JSON");
  code->excludes(batch)->excludes(promotions)->excludes(basket);
  app.add_option("--layout", options.layouts, "label layouts of the store's scale, as 21PPPPPAAAAAC")->needs(code);
  app.add_option("--time", options.time, "the store's time, as 2026-11-22T10:00:00+08:00; without it now")->needs(code);
  app.footer("docs/promotions.md tells the members of a promotion and of a basket.");
  app.set_version_flag("--version", LANEKEEPER_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : malformed;
  }
  if (!options.batch && options.promotions_file.empty() && code->empty()) {
    std::cerr << app.help();
    return malformed;
  }
  try {
    if (!code->empty()) return explain_code(options);
    return options.batch ? price_batch(options.explain) : price_files(options);
  } catch (const std::exception& problem) {
    std::cerr << "lanekeeper-price: " << problem.what() << '\n';
    return malformed;
  }
}

// lanekeeper-bench [NAME] [--json FILE] [--brief]: runs one bench or all of them. Ends with 1 when one could not reach
// its conditions; a missed goal is told in its line and does not end the run.
#include <cstdio>
#include <exception>
#include <fstream>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "bench.h"

namespace {

using namespace lanekeeper::bench;

std::string verdict_text(const Figure& figure) {
  switch (figure.verdict) {
    case Figure::Verdict::reached:
      return " reached";
    case Figure::Verdict::missed:
      return " MISSED";
    case Figure::Verdict::none:
      break;
  }
  return "";
}

void print(const Figure& figure) {
  std::string line = fmt::format("{:<34} {:>12.4g} {:<8} {:<22} {:>10.4g} {:>7.2f}x", figure.name, figure.value,
                                 figure.unit, figure.reference, figure.reference_value, figure.ratio);
  if (figure.ratio_high != 0) line += fmt::format(" ({:.2f}..{:.2f})", figure.ratio_low, figure.ratio_high);
  if (figure.n != 0) line += fmt::format(" n={} p50={:.4g} p99={:.4g}", figure.n, figure.p50, figure.p99);
  fmt::print("{}{}\n", line, verdict_text(figure));
  std::fflush(stdout);
}

nlohmann::json to_json(const std::vector<Figure>& figures) {
  auto list = nlohmann::json::array();
  for (const auto& f : figures) {
    list.push_back({{"name", f.name},
                    {"value", f.value},
                    {"unit", f.unit},
                    {"reference", f.reference},
                    {"reference_value", f.reference_value},
                    {"ratio", f.ratio},
                    {"n", f.n},
                    {"p50", f.p50},
                    {"p99", f.p99}});
    if (f.ratio_high != 0) list.back()["ratio_spread"] = {f.ratio_low, f.ratio_high};
    if (f.verdict != Figure::Verdict::none) list.back()["reached"] = f.verdict == Figure::Verdict::reached;
  }
  return list;
}

// False when the bench could not be run.
bool run(const Bench& bench, std::vector<Figure>& all) {
  Report report;
  bool ran = true;
  try {
    bench.run(report);
  } catch (const lanekeeper::Fault& fault) {
    fmt::print(stderr, "{}: {} ({})\n", bench.name, fault.what(), fault.code());
    ran = false;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: {}\n", bench.name, error.what());
    ran = false;
  }
  for (const auto& figure : report.figures()) {
    print(figure);
    all.push_back(figure);
  }
  return ran;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures Lanekeeper against its goals");
  std::string name;
  std::string json_file;
  bool list = false;
  bool brief = false;
  app.add_option("name", name, "which bench; all of them when left out");
  app.add_option("--json", json_file, "also write the figures to this file as JSON");
  app.add_flag("--brief", brief, "a small store and few rounds: shows that the benches run, and nothing else");
  app.add_flag("--list", list, "only say which benches there are");
  CLI11_PARSE(app, argc, argv);

  set_effort({brief});
  std::vector<Figure> figures;
  bool complete = true;
  bool found = false;
  for (const auto& bench : benches()) {
    if (list) fmt::print("{:<18} {}\n", bench.name, bench.what);
    if (list || (!name.empty() && bench.name != name)) continue;
    found = true;
    complete = run(bench, figures) && complete;
  }
  if (list) return 0;
  if (!found) {
    fmt::print(stderr, "There is no bench called {}. See --list.\n", name);
    return 2;
  }
  if (!json_file.empty()) {
    std::ofstream out(json_file);
    out << to_json(figures).dump(2) << '\n';
    if (!out) {
      fmt::print(stderr, "{} cannot be written.\n", json_file);
      return 2;
    }
  }
  return complete ? 0 : 1;
}

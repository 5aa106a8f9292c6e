#include "program/rerate.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/system_clock.h"
#include "base/system_random.h"
#include "program/commands.h"
#include "services/rerating_service.h"

namespace lanekeeper::server {
namespace {

// Nothing changes here that anybody had to hear of.
class Nobody : public services::ChangeSink {
 public:
  void catalogue_changed(catalogue::Version) override {}
  void store_changed(std::int64_t) override {}
  void sale_stored(const protocol::SaleSummary&) override {}
  void enrolment_changed() override {}
  void approvals_changed() override {}
  void suspended_changed() override {}
  void device_changed(const std::string&) override {}
  void device_revoked(const std::string&) override {}
  void staff_changed(std::int64_t) override {}
};

std::string_view name_of(services::RerateRow::Kind kind) {
  switch (kind) {
    case services::RerateRow::Kind::differs:
      return "differs";
    case services::RerateRow::Kind::returned:
      return "return";
    case services::RerateRow::Kind::failed:
      return "failed";
  }
  return "?";
}

void write_row(std::ostream& out, const services::RerateRow& row) {
  out << name_of(row.kind) << ',' << row.till << ',' << row.sequence << ',' << row.receipt_number << ','
      << row.business_date.to_string() << ',' << row.recorded.to_string() << ',' << row.rerated.to_string() << ','
      << row.owed.to_string() << ',' << row.because << '\n';
}

void write_sums(const services::RerateSummary& sums) {
  std::cout << "sales " << sums.done << "\nunchanged " << sums.same << "\ndiffering " << sums.differing << "\nreturns "
            << sums.returns << "\nfailed " << sums.failed << "\nowed to customers " << sums.owed.to_string()
            << "\npaid too little " << sums.undercharged.to_string() << '\n';
}

bool show_progress(const services::RerateSummary& sums) {
  // A terminal has one line that moves, a log has no use for that.
  const bool terminal = isatty(STDERR_FILENO) == 1;
  const bool last = sums.done >= sums.total;
  if (terminal || last) {
    std::fprintf(stderr, "%s%lld of %lld sales%s", terminal ? "\r" : "", static_cast<long long>(sums.done),
                 static_cast<long long>(sums.total), last || !terminal ? "\n" : "");
  }
  return true;
}

}  // namespace

int run_rerate(const Options& options, const RerateWords& words) {
  return with_database(options, [&](storage::Database& database) -> Result<int> {
    const auto from = Date::parse(words.from);
    if (!from) return fail(from.error());
    const auto to = Date::parse(words.to);
    if (!to) return fail(to.error());
    std::ofstream file;
    if (!words.csv.empty()) {
      file.open(words.csv, std::ios::trunc);
      if (!file) return fail("files.unwritable", "The file cannot be written.", {{"path", words.csv}});
    }
    std::ostream& out = words.csv.empty() ? std::cout : file;
    out << "kind,till,sequence,receipt,business_date,recorded,rerated,owed,because\n";
    const SystemClock clock;
    SystemRandom random;
    Nobody nobody;
    services::ReratingService rerating({database, clock, random, nobody, 1});
    const auto sums = rerating.run(
        {words.version, *from, *to}, [&](const services::RerateRow& row) { write_row(out, row); }, show_progress);
    if (!sums) return fail(sums.error());
    out.flush();
    if (!out) return fail("files.unwritable", "The file cannot be written.", {{"path", words.csv}});
    write_sums(*sums);
    return 0;
  });
}

}  // namespace lanekeeper::server

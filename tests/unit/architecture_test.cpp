// The plan of the house, checked: who may include whom, where wx and SQL may appear, and a few habits that no compiler
// enforces. The table below is the plan; docs/architecture.md tells its reasons.
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "source_tree.h"

namespace lanekeeper {
namespace {

using source_tree::File;

const std::vector<std::string> program_folders = {"shared", "store-server", "till-client", "backoffice", "price-tool"};

using Rooms = std::set<std::string>;

// Folder of a room -> the rooms whose headers it may include, besides its own. The folders of the two windows have one
// name, so these rooms are called after their programs.
const std::map<std::string, Rooms> allowed_includes = {
    // The ground floor and what stands on it: pure values and functions, then what talks to the world.
    {"shared/base", {}},
    {"shared/money", {"base"}},
    {"shared/barcode", {"base", "money"}},
    {"shared/catalogue", {"base", "money"}},
    {"shared/sale", {"base", "money", "catalogue"}},
    {"shared/pricing", {"base", "money", "catalogue", "sale"}},
    {"shared/journal", {"base", "sale"}},
    {"shared/access", {"base", "money"}},
    {"shared/protocol", {"base", "money", "barcode", "catalogue", "sale", "pricing", "journal", "access"}},
    {"shared/net", {"base", "journal"}},
    {"shared/i18n", {"base"}},
    {"shared/receipt_template", {"base", "i18n"}},
    {"shared/widgets", {"base", "money", "i18n"}},
    // The till.
    {"till-client/register", {"base", "money", "barcode", "catalogue", "sale", "pricing", "access"}},
    {"till-client/receipt", {"base", "money", "sale", "protocol", "i18n", "barcode", "catalogue", "receipt_template"}},
    {"till-client/raster", {"base", "receipt", "receipt_template"}},
    {"till-client/lane",
     {"base", "money", "barcode", "catalogue", "sale", "pricing", "journal", "access", "protocol", "i18n", "register",
      "receipt"}},
    {"till-client/cache",
     {"base", "money", "barcode", "catalogue", "sale", "pricing", "journal", "access", "protocol", "lane"}},
    {"till-client/link",
     {"base", "money", "catalogue", "sale", "journal", "access", "protocol", "net", "lane", "cache"}},
    {"till-client/peripherals", {"base", "money", "barcode", "lane"}},
    {"till-client/console",
     {"base", "money", "barcode", "catalogue", "sale", "access", "protocol", "i18n", "register", "lane"}},
    {"till-client/ui",
     {"base", "money", "barcode", "catalogue", "sale", "access", "protocol", "i18n", "widgets", "register", "lane"}},
    // The server.
    {"store-server/storage",
     {"base", "money", "barcode", "catalogue", "sale", "pricing", "journal", "access", "protocol"}},
    {"store-server/importing", {"base", "money", "barcode", "catalogue"}},
    {"store-server/services",
     {"base", "money", "barcode", "catalogue", "sale", "pricing", "journal", "access", "protocol", "net", "storage",
      "importing", "receipt_template"}},
    {"store-server/push", {"base", "access", "protocol", "services"}},
    {"store-server/http",
     {"base", "money", "catalogue", "sale", "journal", "access", "protocol", "net", "services", "push"}},
    {"store-server/ops", {"base", "money", "catalogue", "sale", "pricing", "journal", "access", "protocol", "storage"}},
    // The back office.
    {"backoffice/model",
     {"base", "money", "barcode", "catalogue", "sale", "pricing", "journal", "access", "protocol", "net", "i18n",
      "receipt_template"}},
    {"backoffice/ui",
     {"base", "money", "barcode", "catalogue", "sale", "pricing", "access", "protocol", "i18n", "receipt_template",
      "widgets", "model"}},
    {"backoffice/printing", {"base", "money", "barcode", "catalogue", "i18n", "widgets", "model"}},
};

// Files longer than this are split, but for those that have a reason.
constexpr long max_lines = 600;
const std::map<std::string, std::string> long_files = {};

// Single includes outside the plan, each with its reason.
const std::map<std::pair<std::string, std::string>, std::string> allowed_single_includes = {
    {{"store-server/http/session.cpp", "storage/database.h"},
     "blocking work is queued on the database's bounded workers; http sees the queue, no SQL"},
    {{"store-server/http/sales_handlers.cpp", "storage/database.h"}, "the same, for large uploads"},
    {{"till-client/ui/key_gate.h", "peripherals/scan_detector.h"},
     "a scanner that types is heard among the window's keys; the detector is pure"},
};

// What main.cpp wires the rooms of its program with.
const std::set<std::string> wiring_folders = {"store-server", "store-server/program", "till-client", "backoffice",
                                              "price-tool"};

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}
std::string name_of_room(const std::string& folder) {
  if (folder == "till-client/ui") return "till_ui";
  if (folder == "backoffice/ui") return "office_ui";
  return folder.substr(folder.rfind('/') + 1);
}

bool is_main(const std::string& path) {
  return path.ends_with("/main.cpp");
}
bool lies_under(const std::string& path, const std::vector<std::string>& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](const auto& folder) { return path.starts_with(folder + "/"); });
}

std::string place(const File& file, std::size_t position) {
  return file.path + ":" + std::to_string(source_tree::line_of(file.text, position));
}

// Calls found(place, match) for every match in the files' code, comments left out.
template <class Found>
void search(const std::vector<File>& files, const std::regex& pattern, bool with_strings, const Found& found) {
  for (const auto& file : files) {
    const auto code = source_tree::without_comments(file.text, with_strings);
    for (std::sregex_iterator match(code.begin(), code.end(), pattern), end; match != end; ++match) {
      found(file, place(file, static_cast<std::size_t>(match->position())), *match);
    }
  }
}

Rooms known_rooms() {
  Rooms rooms;
  for (const auto& [folder, allowed] : allowed_includes) rooms.insert(name_of_room(folder));
  return rooms;
}

TEST(Architecture, ThePlanHasNoCircles) {
  std::map<std::string, Rooms> reachable;
  for (const auto& [folder, allowed] : allowed_includes) reachable[name_of_room(folder)] = allowed;
  for (std::size_t round = 0; round < reachable.size(); ++round) {
    for (auto& [room, reached] : reachable) {
      for (const auto& next : Rooms(reached)) reached.insert(reachable[next].begin(), reachable[next].end());
    }
  }
  for (const auto& [room, reached] : reachable) EXPECT_FALSE(reached.contains(room)) << room << " reaches itself";
}

TEST(Architecture, EveryRoomIsInThePlan) {
  for (const auto& file : source_tree::cpp_files(program_folders)) {
    const auto folder = folder_of(file.path);
    if (wiring_folders.contains(folder)) continue;
    EXPECT_TRUE(allowed_includes.contains(folder)) << file.path << " lies in a room that is not in the plan";
  }
}

TEST(Architecture, RoomsIncludeOnlyWhatThePlanAllows) {
  const auto rooms = known_rooms();
  auto unused = allowed_single_includes;
  const std::regex include(R"re(#\s*include\s*"(([a-z_0-9]+)/[^"]+)")re");
  search(source_tree::cpp_files(program_folders), include, true,
         [&](const File& file, const std::string& where, const std::smatch& match) {
           const auto room = allowed_includes.find(folder_of(file.path));
           if (room == allowed_includes.end()) return;  // wiring, or reported above
           if (unused.erase({file.path, match[1].str()}) > 0) return;
           const auto included = match[2].str();
           if (included == name_of_room(room->first)) return;
           EXPECT_TRUE(rooms.contains(included)) << where << ": \"" << included << "\" is no room";
           EXPECT_TRUE(room->second.contains(included))
               << where << ": " << room->first << " must not include " << included;
         });
  for (const auto& [use, reason] : unused) {
    ADD_FAILURE() << use.first << " no longer includes " << use.second << ": take it off the list (" << reason << ")";
  }
}

TEST(Architecture, WindowsLiveUnderUiAndWidgetsOnly) {
  const std::vector<std::string> allowed = {"till-client/ui", "backoffice/ui", "backoffice/printing", "shared/widgets"};
  search(source_tree::cpp_files(program_folders), std::regex(R"(#\s*include\s*[<"]wx/)"), true,
         [&](const File& file, const std::string& where, const std::smatch&) {
           const bool fine = lies_under(file.path, allowed) || is_main(file.path);
           EXPECT_TRUE(fine) << where << ": wx outside ui";
         });
}

TEST(Architecture, SqlLivesUnderStorageCacheAndOpsOnly) {
  const std::vector<std::string> allowed = {"store-server/storage", "store-server/ops", "till-client/cache"};
  const std::regex sql(
      R"re("\s*(?:SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|ALTER\s+TABLE|START\s+TRANSACTION|PRAGMA\s)|\bsqlite3?_|#\s*include\s*[<"](?:sqlite|SQLiteCpp|cppconn|mysql|jdbc))re");
  search(source_tree::cpp_files(program_folders), sql, true,
         [&](const File& file, const std::string& where, const std::smatch& match) {
           EXPECT_TRUE(lies_under(file.path, allowed)) << where << ": SQL outside storage and cache: " << match[0];
         });
}

TEST(Architecture, MoneyAndGoodsKnowNoFloatingPoint) {
  const auto files = source_tree::cpp_files({"shared/money", "shared/pricing", "shared/sale", "shared/barcode",
                                             "shared/catalogue", "shared/journal", "till-client/register"});
  EXPECT_GT(files.size(), 10U);
  search(files, std::regex(R"(\b(?:double|float)\b|\b\d+\.\d+\b)"), false,
         [](const File&, const std::string& where, const std::smatch& match) {
           ADD_FAILURE() << where << ": floating point: " << match[0];
         });
}

TEST(Architecture, PureRoomsDoNoInputOrOutput) {
  const auto files = source_tree::cpp_files({"shared/money", "shared/pricing", "shared/sale", "shared/barcode",
                                             "shared/catalogue", "shared/access", "shared/journal", "shared/protocol",
                                             "shared/receipt_template", "till-client/receipt", "till-client/register"});
  const std::regex world(
      R"(#\s*include\s*<(?:fstream|iostream|thread|filesystem|random|boost/|sys/|unistd|spdlog)|system_clock|steady_clock|\bstd::rand\b)");
  search(files, world, true, [](const File&, const std::string& where, const std::smatch& match) {
    ADD_FAILURE() << where << ": a pure room touches the world: " << match[0];
  });
}

TEST(Architecture, NobodySleepsInsteadOfWaiting) {
  search(source_tree::cpp_files(program_folders),
         std::regex(R"(\b(?:sleep_for|sleep_until|usleep|nanosleep|wxMilliSleep|wxSleep)\b)"), false,
         [](const File&, const std::string& where, const std::smatch& match) {
           ADD_FAILURE() << where << ": " << match[0] << ": wait on a condition instead";
         });
}

TEST(Architecture, NothingIsLeftForLater) {
  for (const auto& file :
       source_tree::cpp_files({"shared", "store-server", "till-client", "backoffice", "price-tool", "tests"})) {
    if (file.path.ends_with("architecture_test.cpp")) continue;
    for (const auto* word : {"TODO", "FIXME", "XXX:"}) {
      const auto found = file.text.find(word);
      if (found != std::string::npos) ADD_FAILURE() << place(file, found) << ": " << word;
    }
  }
}

TEST(Architecture, FilesStayShort) {
  std::set<std::string> long_ones;
  for (const auto& file : source_tree::cpp_files(
           {"shared", "store-server", "till-client", "backoffice", "price-tool", "tests", "tools"})) {
    const auto lines = std::count(file.text.begin(), file.text.end(), '\n');
    if (lines <= max_lines) continue;
    long_ones.insert(file.path);
    EXPECT_TRUE(long_files.contains(file.path)) << file.path << " has " << lines << " lines";
  }
  for (const auto& [path, reason] : long_files) {
    EXPECT_TRUE(long_ones.contains(path)) << path << " is short again: take it off the list (" << reason << ")";
  }
}

TEST(Architecture, HeadersGuardThemselves) {
  for (const auto& file : source_tree::cpp_files(program_folders)) {
    if (!file.path.ends_with(".h")) continue;
    EXPECT_NE(file.text.find("#pragma once"), std::string::npos) << file.path;
  }
}

}  // namespace
}  // namespace lanekeeper

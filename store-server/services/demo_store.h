// The demo store: a folder with store.toml (profile, categories, taxes, scale-label layouts, people), items.csv and
// members.csv (imported like any shop's files) and promotions.json (published when nothing was before); the last two
// may be missing. Loaded only when somebody asks for it; loading it again changes nothing that has not been changed
// since, and takes nothing away.
//
// The PINs and passwords in it are public: the caller prints them, and a store with real goods must never load it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "access/permissions.h"
#include "base/error.h"
#include "protocol/messages.h"

namespace lanekeeper::services {

class ImportService;
class MemberService;
class PromotionService;
class StoreService;
class TillSettings;

struct DemoPerson {
  std::string number;
  std::string name;
  access::Role role = access::Role::cashier;
  std::string pin;                   // empty: none
  std::string password;              // empty: none
  std::optional<std::string> badge;  // its code
};

struct DemoFile {
  protocol::StoreProfile profile;  // without version and staff
  std::vector<DemoPerson> people;
};

// demo.unreadable (details "file", "at"): missing, or not what it should be.
[[nodiscard]] Result<DemoFile> read_demo_file(const std::filesystem::path& toml);

struct DemoReport {
  std::vector<DemoPerson> people;
  protocol::ImportStatus goods;
  std::int64_t members = 0;     // added or changed
  std::int64_t promotions = 0;  // published
};

struct DemoServices {
  StoreService& store;
  ImportService& imports;
  MemberService& members;
  PromotionService& promotions;
  TillSettings& settings;
};

// demo.unreadable, demo.goods (items were refused; the message names the first), and what the services say. Not from a
// database worker.
[[nodiscard]] Result<DemoReport> load_demo_store(const DemoServices& services, const std::filesystem::path& folder);

}  // namespace lanekeeper::services

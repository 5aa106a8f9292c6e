#include "services/demo_store.h"

#include <toml++/toml.h>
#include <fstream>
#include <sstream>

#include "services/import_service.h"
#include "services/member_service.h"
#include "services/promotion_service.h"
#include "services/store_service.h"
#include "services/till_settings.h"

namespace lanekeeper::services {

template <class V>
void describe(V& visit, DemoPerson& person) {
  visit("number", person.number);
  visit("name", person.name);
  visit("role", person.role);
  visit("pin", person.pin);
  visit("password", person.password);
  visit("badge", person.badge);
}

namespace {

tl::unexpected<Error> unreadable(const std::filesystem::path& file, const std::string& why, std::string at = {}) {
  return fail("demo.unreadable", fmt::format("The demo's file {} cannot be used: {}.", file.string(), why),
              {{"file", file.string()}, {"at", std::move(at)}});
}

Result<std::string> read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return unreadable(file, "it is not there");
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

// The server itself.
Principal server_principal() {
  Principal principal;
  principal.device = DeviceIdentity{"server", protocol::DeviceKind::backoffice, "lanekeeper-server", 0};
  principal.staff = StaffIdentity{0, "", "lanekeeper-server", access::Role::manager};
  return principal;
}

// The stored profile with the demo's values; what the demo does not know of stays.
protocol::StoreProfile overlay(protocol::StoreProfile stored, const protocol::StoreProfile& demo) {
  protocol::StoreProfile out = demo;
  out.version = stored.version;
  out.store_id = stored.store_id;
  out.staff = std::move(stored.staff);
  out.promotion_version = stored.promotion_version;
  out.member_version = stored.member_version;
  out.recalls = stored.recalls;
  out.receipt_templates = stored.receipt_templates;
  for (auto& category : stored.categories) {
    const bool known =
        std::any_of(out.categories.begin(), out.categories.end(), [&](const auto& c) { return c.id == category.id; });
    if (!known) out.categories.push_back(std::move(category));
  }
  return out;
}

Result<void> put_profile(StoreService& store, const protocol::StoreProfile& demo) {
  auto stored = store.profile(server_principal());
  if (!stored) return fail(std::move(stored.error()));
  const auto wanted = overlay(*stored, demo);
  if (json::encode(wanted) == json::encode(*stored)) return {};
  auto replaced = store.replace_profile(wanted);
  if (!replaced) return fail(std::move(replaced.error()));
  return {};
}

// Who is there already stays as he is: his PIN may have been changed.
Result<void> put_people(StoreService& store, TillSettings& settings, const std::vector<DemoPerson>& people) {
  for (const DemoPerson& person : people) {
    NewStaff staff;
    staff.number = person.number;
    staff.name = person.name;
    staff.role = person.role;
    staff.pin = person.pin;
    staff.password = person.password;
    const auto stored = store.put_staff(staff);
    if (!stored && stored.error().code != "staff.number_taken") return fail(stored.error());
    if (!stored || !person.badge) continue;
    if (auto badge = settings.put_badge(person.number, *person.badge); !badge) return fail(std::move(badge.error()));
  }
  return {};
}

Result<void> put_members(MemberService& members, const std::filesystem::path& file, DemoReport& report) {
  if (!std::filesystem::exists(file)) return {};
  auto text = read_text(file);
  if (!text) return fail(std::move(text.error()));
  const auto imported = members.import(server_principal(), std::move(*text));
  if (!imported) return fail(imported.error());
  report.members = imported->added + imported->changed;
  return {};
}

// The store's own promotions stay: only a store that never had any gets these.
Result<void> publish_first(PromotionService& promotions, const std::filesystem::path& file, DemoReport& report) {
  if (!std::filesystem::exists(file) || !promotions.list(0, 1).empty()) return {};
  auto text = read_text(file);
  if (!text) return fail(std::move(text.error()));
  PromotionDraft draft;
  draft.definitions = std::move(*text);
  draft.note = "demo";
  const auto published = promotions.publish(server_principal(), draft);
  if (!published) return fail(published.error());
  report.promotions = published->count;
  return {};
}

}  // namespace

Result<DemoFile> read_demo_file(const std::filesystem::path& toml_file) {
  auto text = read_text(toml_file);
  if (!text) return fail(std::move(text.error()));
  json::Value value;
  try {
    std::ostringstream as_json;
    as_json << toml::json_formatter{toml::parse(*text)};
    auto parsed = json::parse(as_json.str());
    if (!parsed) return unreadable(toml_file, parsed.error().message);
    value = std::move(*parsed);
  } catch (const toml::parse_error& error) {
    return unreadable(toml_file, std::string(error.description()), fmt::format("line {}", error.source().begin.line));
  }
  const auto place = [](const Error& error) {
    for (const auto& [name, at] : error.details) {
      if (name == "at") return at;
    }
    return std::string();
  };
  DemoFile out;
  auto& store = value["store"];
  store["version"] = 0;
  store["store_id"] = 1;
  store["staff"] = json::Value::array();
  auto profile = json::from_value<protocol::StoreProfile>(store);
  if (!profile) return unreadable(toml_file, profile.error().message, place(profile.error()));
  out.profile = std::move(*profile);
  auto people = json::from_value<std::vector<DemoPerson>>(value["people"]);
  if (!people) return unreadable(toml_file, people.error().message, place(people.error()));
  out.people = std::move(*people);
  return out;
}

Result<DemoReport> load_demo_store(const DemoServices& services, const std::filesystem::path& folder) {
  auto demo = read_demo_file(folder / "store.toml");
  if (!demo) return fail(std::move(demo.error()));
  const auto items_file = folder / "items.csv";
  auto items = read_text(items_file);
  if (!items) return fail(std::move(items.error()));
  if (auto put = put_profile(services.store, demo->profile); !put) return fail(std::move(put.error()));
  if (auto put = put_people(services.store, services.settings, demo->people); !put) return fail(std::move(put.error()));
  auto goods = services.imports.run(server_principal(), items_file.filename().string(), std::move(*items));
  if (!goods) return fail(std::move(goods.error()));
  if (goods->error) return fail(protocol::from_body(*goods->error));
  for (const auto& problem : goods->problems) {
    if (problem.warning) continue;
    return fail("demo.goods",
                fmt::format("{} goods of the demo were refused, the first in line {}: {}", goods->refused, problem.line,
                            problem.message),
                {{"line", std::to_string(problem.line)}});
  }
  DemoReport report{std::move(demo->people), std::move(*goods)};
  if (auto put = put_members(services.members, folder / "members.csv", report); !put) {
    return fail(std::move(put.error()));
  }
  if (auto put = publish_first(services.promotions, folder / "promotions.json", report); !put) {
    return fail(std::move(put.error()));
  }
  return report;
}

}  // namespace lanekeeper::services

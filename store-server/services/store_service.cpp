#include "services/store_service.h"

#include <algorithm>
#include <set>

#include "access/member_keys.h"
#include "access/verifier.h"
#include "base/text.h"
#include "services/audit_trail.h"
#include "services/member_service.h"
#include "storage/connection.h"
#include "storage/member_repository.h"
#include "storage/recall_repository.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_number_length = 32;
constexpr std::size_t max_name_length = 120;

protocol::StoreProfile first_profile(const std::string& name) {
  protocol::StoreProfile profile;
  profile.name = name;
  const auto tax = [](std::int64_t id, std::string label, std::string letter, std::int64_t per_10k) {
    return catalogue::TaxCategory{id, std::move(label), std::move(letter), {{Rate::of_per_10k(per_10k), {1900, 1, 1}}}};
  };
  // China's VAT rates since 2019-04-01.
  profile.taxes = {tax(1, "13%", "A", 1300), tax(2, "9%", "B", 900), tax(3, "6%", "C", 600), tax(4, "免税", "D", 0)};
  profile.layouts = {{"13 位，金额（分）", "21PPPPPAAAAAC"}, {"13 位，重量（克）", "22PPPPPWWWWWC"}};
  return profile;
}

Error bad_profile(std::string at) {
  return {"store.bad_profile",
          "The store's settings cannot be used as they are. Correct the named place.",
          {{"at", std::move(at)}}};
}

template <class T, class F>
bool has_duplicates(const std::vector<T>& values, F&& key) {
  std::set<std::decay_t<decltype(key(values.front()))>> seen;
  return !std::all_of(values.begin(), values.end(), [&](const T& value) { return seen.insert(key(value)).second; });
}

Result<void> check(const protocol::StoreProfile& profile) {
  if (trim(profile.name).empty() || to_utf32(profile.name).size() > 200) return fail(bad_profile("name"));
  if (profile.currency.size() != 3) return fail(bad_profile("currency"));
  if (profile.day_start_minute < 0 || profile.day_start_minute > 1439) return fail(bad_profile("day_start_minute"));
  for (const auto& layout : profile.layouts) {
    if (!barcode::VariableMeasureLayout::parse(layout.name, layout.pattern)) return fail(bad_profile("layouts"));
  }
  if (profile.taxes.empty() || has_duplicates(profile.taxes, [](const auto& tax) { return tax.id; })) {
    return fail(bad_profile("taxes"));
  }
  for (const auto& tax : profile.taxes) {
    const bool twice = has_duplicates(tax.rates, [](const auto& rate) { return rate.valid_from; });
    if (tax.id <= 0 || tax.rates.empty() || twice) return fail(bad_profile("taxes"));
  }
  if (has_duplicates(profile.categories, [](const auto& category) { return category.id; }) ||
      has_duplicates(profile.categories, [](const auto& category) { return category.name; }) ||
      std::any_of(profile.categories.begin(), profile.categories.end(),
                  [](const auto& category) { return category.id <= 0 || category.name.empty(); })) {
    return fail(bad_profile("categories"));
  }
  return {};
}

Result<void> check(const NewStaff& staff) {
  if (trim(staff.name).empty() || to_utf32(staff.name).size() > max_name_length) {
    return fail("staff.no_name", "The person has no name, or one that is too long. Enter a name.");
  }
  const bool plain = std::all_of(staff.number.begin(), staff.number.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (staff.number.empty() || staff.number.size() > max_number_length || !plain) {
    return fail("staff.bad_number", "A staff number is 1 to 32 letters and digits. Correct it.",
                {{"number", sanitize_utf8(staff.number)}});
  }
  return {};
}

// What a person typed becomes a verifier; empty stays empty.
Result<std::optional<std::string>> verifier_for(access::SecretKind kind, const std::optional<std::string>& secret) {
  if (!secret || secret->empty()) return secret;
  auto verifier = access::make_verifier(kind, *secret);
  if (!verifier) return fail(std::move(verifier.error()));
  return std::optional(std::move(*verifier));
}

json::Value trace_of(const access::StaffMember& member) {
  auto value = json::Value::object();
  value["number"] = member.number;
  value["name"] = member.name;
  value["role"] = json::to_value(member.role);
  value["active"] = member.active;
  value["has_pin"] = !member.pin_verifier.empty();
  value["has_password"] = !member.password_verifier.empty();
  return value;
}

// Who that is in full stands in the list of members alone.
json::Value trace_of_membership(const std::optional<std::int64_t>& member) {
  return member ? json::Value{{"member", *member}} : json::Value::object();
}

// A back office looks nobody up by keys.
void add_members_and_recalls(storage::Connection& connection, std::int64_t store_id, bool for_till,
                             protocol::StoreProfile& profile) {
  auto members = storage::MemberRepository(connection, store_id).head();
  profile.member_version = members.version;
  if (for_till && !members.secret.empty()) profile.member_secret = std::move(members.secret);
  profile.recalls.emplace();
  for (auto& recall : storage::RecallRepository(connection, store_id).all()) {
    profile.recalls->push_back({std::move(recall.gtin), std::move(recall.batch)});
  }
}

bool can_edit_staff(const access::StaffMember& member) {
  return member.active && !member.password_verifier.empty() &&
         access::allows(member.role, access::Permission::staff_edit);
}

}  // namespace

bool StoreService::prepare(const std::string& name) {
  return context_.database.transact([&](storage::Connection& connection) {
    storage::StoreRepository repository(connection, context_.store_id);
    if (repository.versions()) return false;
    repository.create(first_profile(name));
    return true;
  });
}

std::int64_t StoreService::version() {
  return context_.database.transact([&](storage::Connection& connection) {
    const auto versions = storage::StoreRepository(connection, context_.store_id).versions();
    return versions ? versions->profile : 0;
  });
}

std::string StoreService::name() {
  return context_.database.transact(
      [&](storage::Connection& connection) { return storage::StoreRepository(connection, context_.store_id).name(); });
}

bool StoreService::has_staff() {
  return context_.database.transact([&](storage::Connection& connection) {
    return !storage::StoreRepository(connection, context_.store_id).staff_names().empty();
  });
}

Result<protocol::StoreProfile> StoreService::profile(const Principal& principal) {
  auto device = require_device(principal);
  if (!device) return fail(std::move(device.error()));
  const bool for_till = device->kind == protocol::DeviceKind::till;
  auto profile = context_.database.snapshot([&](storage::Connection& connection) {
    auto stored = storage::StoreRepository(connection, context_.store_id).profile();
    if (stored) add_members_and_recalls(connection, context_.store_id, for_till, *stored);
    return stored;
  });
  if (!profile) throw Fault("db.no_store", "the store has not been set up");
  for (auto& member : profile->staff) {
    member.password_verifier.clear();
    if (!for_till) {
      member.pin_verifier.clear();
      member.badge_key.reset();
      member.member.reset();
    }
  }
  return std::move(*profile);
}

Result<std::int64_t> StoreService::replace_profile(const protocol::StoreProfile& profile) {
  if (auto checked = check(profile); !checked) return fail(std::move(checked.error()));
  auto version = context_.database.transact([&](storage::Connection& connection) -> Result<std::int64_t> {
    storage::StoreRepository repository(connection, context_.store_id);
    const auto next = repository.next_version();
    // An import may have made a category of the same name under another id: items refer to that one.
    for (const auto& stored : repository.categories()) {
      for (const auto& category : profile.categories) {
        if (category.name == stored.name && category.id != stored.id) return fail(bad_profile("categories"));
      }
    }
    repository.replace(profile);
    auto after = json::Value::object();
    after["name"] = profile.name;
    after["version"] = next;
    AuditTrail::add(connection, context_, nullptr, {"store.change", "store", json::Value::object(), after});
    return next;
  });
  if (version) context_.changes.store_changed(*version);
  return version;
}

Result<std::int64_t> StoreService::put_staff(const NewStaff& staff) {
  return put_staff(nullptr, staff);
}

Result<std::int64_t> StoreService::put_staff(const Principal& principal, const NewStaff& staff) {
  if (auto allowed = require(principal, access::Permission::staff_edit); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return put_staff(&principal, staff);
}

Result<std::int64_t> StoreService::put_staff(const Principal* principal, const NewStaff& staff) {
  if (auto checked = check(staff); !checked) return fail(std::move(checked.error()));
  auto pin = verifier_for(access::SecretKind::pin, staff.pin);
  if (!pin) return fail(std::move(pin.error()));
  auto password = verifier_for(access::SecretKind::password, staff.password);
  if (!password) return fail(std::move(password.error()));
  std::int64_t version = 0;
  bool ends_sessions = false;
  auto id = context_.database.transact([&](storage::Connection& connection) -> Result<std::int64_t> {
    storage::StoreRepository repository(connection, context_.store_id);
    version = repository.next_version();  // and locks the store: staff is edited by one at a time
    access::StaffMember member;
    if (staff.id != 0) {
      const auto stored = repository.staff_by_id(staff.id);
      if (!stored) return fail("staff.not_found", "There is no such person. Reload the list.");
      member = *stored;
    }
    const auto before = staff.id != 0 ? trace_of(member) : json::Value::object();
    const bool could_edit = can_edit_staff(member);
    const auto could = std::pair(member.role, member.active);
    const auto namesake = repository.staff_by_number(staff.number);
    if (namesake && namesake->id != staff.id) {
      return fail("staff.number_taken", "Somebody has this number already. Choose another one.",
                  {{"number", staff.number}, {"name", namesake->name}});
    }
    member.number = staff.number;
    member.name = staff.name;
    member.role = staff.role;
    member.active = staff.active;
    if (*pin) member.pin_verifier = **pin;
    if (*password) member.password_verifier = **password;
    ends_sessions = staff.id != 0 && (could != std::pair(member.role, member.active) || password->has_value());
    if (could_edit && !can_edit_staff(member)) {
      const auto everybody = repository.staff();
      const bool another = std::any_of(everybody.begin(), everybody.end(), [&](const auto& other) {
        return other.id != member.id && can_edit_staff(other);
      });
      if (!another) {
        return fail("staff.last_administrator",
                    "Nobody else could manage staff any more. Give somebody else that role first.");
      }
    }
    const auto saved = repository.save_staff(member);
    AuditTrail::add(
        connection, context_, principal,
        {staff.id == 0 ? "staff.create" : "staff.change", "staff " + member.number, before, trace_of(member)});
    return saved;
  });
  if (id) context_.changes.store_changed(version);
  if (id && ends_sessions) context_.changes.staff_changed(*id);
  return id;
}

Result<StaffMembership> StoreService::set_staff_member(const std::string& number,
                                                       const std::optional<std::string>& card) {
  std::int64_t version = 0;
  auto set = context_.database.transact([&](storage::Connection& connection) -> Result<StaffMembership> {
    storage::StoreRepository repository(connection, context_.store_id);
    version = repository.next_version();
    const auto person = repository.staff_by_number(number);
    if (!person) return fail("staff.not_found", "There is no such person. Reload the list.");
    StaffMembership membership{person->name, {}, {}};
    std::optional<std::int64_t> id;
    if (card) {
      const auto member =
          storage::MemberRepository(connection, context_.store_id).find(access::normal_member_code(*card));
      if (!member) return fail("member.not_found", "There is no member with this number. Check it.");
      if (!member->active) {
        return fail("member.inactive", "This member is not active any more. Take the number of one who is.");
      }
      id = member->id;
      membership.card = member->number;
      membership.member_name = masked_name(member->name);
    }
    repository.set_staff_member(person->id, id);
    AuditTrail::add(
        connection, context_, nullptr,
        {"staff.member", "staff " + person->number, trace_of_membership(person->member), trace_of_membership(id)});
    return membership;
  });
  if (set) context_.changes.store_changed(version);
  return set;
}

}  // namespace lanekeeper::services

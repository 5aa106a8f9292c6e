#include "services/member_service.h"

#include <map>
#include <optional>

#include "access/member_keys.h"
#include "base/text.h"
#include "services/audit_trail.h"
#include "services/member_file.h"
#include "storage/connection.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

using storage::MemberRow;

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

protocol::MemberCard card_of(const MemberRow& member, const std::string& secret) {
  protocol::MemberCard card;
  card.id = member.id;
  card.version = member.version;
  card.number = member.number;
  card.name = masked_name(member.name);
  card.tier = unless_empty(member.tier);
  card.birthday = unless_empty(member.birthday);
  card.active = member.active;
  card.keys.push_back(access::member_key(secret, member.number));
  if (!member.phone.empty()) card.keys.push_back(access::member_key(secret, member.phone));
  return card;
}

// The list as it stands, and who is known by which number or phone.
struct Known {
  std::map<std::string, MemberRow> by_number;
  std::map<std::string, std::int64_t> by_code;  // -> id

  void add(const MemberRow& member) {
    by_number[member.number] = member;
    for (const auto& code : {member.number, member.phone}) {
      if (!code.empty()) by_code[code] = member.id;
    }
  }
};

Error taken(const MemberLine& line, const std::string& code) {
  return {
      "member.code_taken",
      fmt::format("Line {}: another member has this number or phone. Correct it, or the other one first.", line.line),
      {{"line", std::to_string(line.line)}, {"value", code}}};
}

// Whose codes nobody else has; a phone may not be the number of somebody else's card either.
Result<void> check_codes(const MemberLine& line, std::int64_t id, const Known& known) {
  for (const auto& code : {line.member.number, line.member.phone}) {
    const auto owner = known.by_code.find(code);
    if (!code.empty() && owner != known.by_code.end() && owner->second != id) return fail(taken(line, code));
  }
  return {};
}

// What is to be written; the rest stands there already.
Result<std::vector<MemberRow>> changes_of(const std::vector<MemberLine>& lines, const Known& known,
                                          MemberImport& report) {
  std::vector<MemberRow> changes;
  for (const auto& line : lines) {
    const auto stored = known.by_number.find(line.member.number);
    const bool fresh = stored == known.by_number.end();
    if (auto free = check_codes(line, fresh ? 0 : stored->second.id, known); !free)
      return fail(std::move(free.error()));
    auto member = line.member;
    if (!fresh) {
      member.id = stored->second.id;
      member.version = stored->second.version;
    }
    if (!fresh && member == stored->second) {
      ++report.unchanged;
      continue;
    }
    ++(fresh ? report.added : report.changed);
    changes.push_back(std::move(member));
  }
  return changes;
}

}  // namespace

std::string masked_name(std::string_view name) {
  const auto text = to_utf32(trim(name));
  if (text.empty()) return {};
  const auto is_letter = [](char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z'); };
  if (!is_letter(text.front())) return to_utf8(text.substr(0, 1)) + "*";
  std::u32string initials;
  bool begins = true;
  for (const char32_t c : text) {
    if (begins && c != U' ') {
      if (!initials.empty()) initials += U' ';
      initials += c;
      initials += U'.';
    }
    begins = c == U' ';
  }
  return to_utf8(initials);
}

void MemberService::prepare() {
  context_.database.transact([&](storage::Connection& connection) {
    storage::MemberRepository members(connection, context_.store_id);
    if (members.head().secret.empty()) members.set_secret(access::make_member_secret(context_.random));
  });
}

Result<protocol::MemberPage> MemberService::page(const Principal& principal, std::int64_t since, std::int64_t after,
                                                 std::int64_t limit) {
  if (auto device = require_device(principal); !device) return fail(std::move(device.error()));
  return context_.database.snapshot([&](storage::Connection& connection) {
    storage::MemberRepository members(connection, context_.store_id);
    const auto head = members.head();
    auto rows = members.page(since, after, limit + 1);
    protocol::MemberPage page;
    page.version = head.version;
    page.complete = static_cast<std::int64_t>(rows.size()) <= limit;
    if (!page.complete) rows.resize(static_cast<std::size_t>(limit));
    for (const auto& row : rows) page.members.push_back(card_of(row, head.secret));
    return page;
  });
}

Result<MemberImport> MemberService::import(const Principal& principal, std::string content) {
  const auto lines = read_member_file(std::move(content));
  if (!lines) return fail(lines.error());
  std::optional<std::int64_t> store_version;
  auto imported = context_.database.transact([&](storage::Connection& connection) -> Result<MemberImport> {
    store_version.reset();
    storage::MemberRepository members(connection, context_.store_id);
    members.lock();
    Known known;
    for (const auto& member : members.all()) known.add(member);
    MemberImport report;
    auto changes = changes_of(*lines, known, report);
    if (!changes) return fail(std::move(changes.error()));
    if (changes->empty()) return report;
    const auto version = members.next_version();
    for (auto& member : *changes) {
      member.version = version;
      members.save(member);
    }
    store_version = storage::StoreRepository(connection, context_.store_id).next_version();
    const json::Value after = {{"added", report.added}, {"changed", report.changed}, {"version", version}};
    AuditTrail::add(connection, context_, &principal, {"members.import", "members", json::Value::object(), after});
    return report;
  });
  if (imported && store_version) context_.changes.store_changed(*store_version);
  return imported;
}

std::vector<MemberRow> MemberService::list(const std::string& after, std::int64_t limit) {
  return context_.database.snapshot([&](storage::Connection& connection) {
    return storage::MemberRepository(connection, context_.store_id).by_number(after, limit);
  });
}

Result<MemberRow> MemberService::get(std::string_view number) {
  auto member = context_.database.snapshot([&](storage::Connection& connection) {
    return storage::MemberRepository(connection, context_.store_id).find(access::normal_member_code(number));
  });
  if (!member) return fail("member.not_found", "There is no member with this number. Check it.");
  return std::move(*member);
}

}  // namespace lanekeeper::services

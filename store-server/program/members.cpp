#include "program/members.h"

#include <filesystem>

#include "program/private_file.h"
#include "services/member_service.h"
#include "services/recall_service.h"
#include "services/store_service.h"

namespace lanekeeper::server {
namespace {

constexpr std::int64_t list_page = 1000;

tl::unexpected<Error> unknown_command() {
  return fail("admin.unknown_command", "The running server does not know this command. Are both of one version?");
}

Result<json::Value> import(services::MemberService& members, const services::Principal& owner,
                           const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > services::MemberService::max_file_bytes) {
    return fail("import.too_large", "The file is too large. Cut it into parts of 16 MiB at most.");
  }
  auto content = read_file(file);
  if (!content) return fail(std::move(content.error()));
  if (!*content) return fail("files.unreadable", "There is no such file.", {{"path", file.string()}});
  const auto imported = members.import(owner, std::move(**content));
  if (!imported) return fail(imported.error());
  return json::Value{{"added", imported->added}, {"changed", imported->changed}, {"unchanged", imported->unchanged}};
}

json::Value as_json(const storage::MemberRow& member, bool in_full) {
  json::Value value = {{"number", member.number},
                       {"name", in_full ? member.name : services::masked_name(member.name)},
                       {"tier", member.tier},
                       {"active", member.active}};
  if (!in_full) return value;
  value["id"] = member.id;
  value["phone"] = member.phone;
  value["birthday"] = member.birthday;
  value["consent"] = member.consent;
  return value;
}

}  // namespace

Result<json::Value> administer_members(const services::ServiceContext& context, const services::Principal& owner,
                                       const json::Value& request) {
  services::MemberService members(context);
  const std::string act = request.value("do", "");
  if (act == "import") return import(members, owner, request.value("file", ""));
  if (act == "list") {
    auto list = json::Value::array();
    for (const auto& member : members.list(request.value("after", ""), list_page)) {
      list.push_back(as_json(member, false));
    }
    return json::Value{{"members", std::move(list)}};
  }
  if (act == "show") {
    const auto member = members.get(request.value("number", ""));
    if (!member) return fail(member.error());
    return as_json(*member, true);
  }
  return unknown_command();
}

Result<json::Value> administer_staff_member(const services::ServiceContext& context, const json::Value& request) {
  const std::string number = request.value("number", "");
  std::optional<std::string> card;
  if (request.contains("member")) card = request.value("member", "");
  const auto membership = services::StoreService(context).set_staff_member(number, card);
  if (!membership) return fail(membership.error());
  json::Value answer = {{"number", number}, {"name", membership->name}};
  if (card) answer["member"] = {{"number", membership->card}, {"name", membership->member_name}};
  return answer;
}

Result<json::Value> administer_recalls(const services::ServiceContext& context, const services::Principal& owner,
                                       const json::Value& request) {
  services::RecallService recalls(context);
  const std::string act = request.value("do", "");
  const std::string gtin = request.value("gtin", "");
  const std::string batch = request.value("batch", "");
  if (act == "list") {
    auto list = json::Value::array();
    for (const auto& recall : recalls.list()) {
      list.push_back({{"gtin", recall.gtin},
                      {"batch", recall.batch},
                      {"note", recall.note},
                      {"added_at", recall.added_at.to_string()}});
    }
    return json::Value{{"recalls", std::move(list)}};
  }
  if (act != "add" && act != "lift") return unknown_command();
  const auto done =
      act == "add" ? recalls.add(owner, gtin, batch, request.value("note", "")) : recalls.lift(owner, gtin, batch);
  if (!done) return fail(done.error());
  return json::Value::object();
}

}  // namespace lanekeeper::server

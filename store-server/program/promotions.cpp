#include "program/promotions.h"

#include <filesystem>

#include "program/private_file.h"
#include "services/promotion_service.h"

namespace lanekeeper::server {
namespace {

struct PublishRequest {
  std::string file;
  std::string note;
  std::optional<ZonedTime> effective_at;
};
template <class V>
void describe(V& visit, PublishRequest& r) {
  visit("file", r.file);
  visit("note", r.note);
  visit("effective_at", r.effective_at);
}

struct VersionRequest {
  std::int64_t version = 0;
};
template <class V>
void describe(V& visit, VersionRequest& r) {
  visit("version", r.version);
}

Result<std::string> read(const std::string& file) {
  const std::filesystem::path path(file);
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > services::PromotionService::max_definitions_bytes) {
    return fail("promotion.too_many", "The definitions are too large. Publish fewer offers.");
  }
  auto content = read_file(path);
  if (!content) return fail(std::move(content.error()));
  if (!*content) return fail("files.unreadable", "There is no such file.", {{"path", file}});
  return std::move(**content);
}

json::Value as_json(const std::vector<pricing::Finding>& findings) {
  auto list = json::Value::array();
  for (const auto& finding : findings) {
    auto one = json::Value::object();
    one["severity"] = finding.severity == pricing::Finding::Severity::error ? "error" : "warning";
    one["promotion"] = finding.promotion;
    one["code"] = finding.what.code;
    one["message"] = finding.what.message;
    for (const auto& [name, value] : finding.what.details) {
      if (name != "promotion") one["details"][name] = value;
    }
    list.push_back(std::move(one));
  }
  return list;
}

Result<json::Value> as_json(const Result<services::PublishedPromotions>& published) {
  if (!published) return fail(published.error());
  return json::Value{
      {"version", published->version}, {"promotions", published->count}, {"findings", as_json(published->findings)}};
}

json::Value as_json(const storage::PromotionBookRow& book) {
  json::Value value = {{"version", book.version},
                       {"effective_at", book.effective_at.to_string()},
                       {"published_at", book.published_at.to_string()},
                       {"published_by", book.published_by_name},
                       {"note", book.note},
                       {"promotions", book.promotion_count}};
  if (book.restored_from) value["restored_from"] = *book.restored_from;
  return value;
}

}  // namespace

Result<json::Value> administer_promotions(const services::ServiceContext& context, const services::Principal& owner,
                                          const json::Value& request) {
  services::PromotionService promotions(context);
  const std::string act = request.value("do", "");
  if (act == "publish" || act == "check") {
    const auto wish = json::from_value<PublishRequest>(request);
    if (!wish) return fail(wish.error());
    auto definitions = read(wish->file);
    if (!definitions) return fail(std::move(definitions.error()));
    if (act == "publish") {
      return as_json(promotions.publish(owner, {std::move(*definitions), wish->effective_at, wish->note, {}}));
    }
    const auto findings = promotions.check(*definitions);
    if (!findings) return fail(findings.error());
    return json::Value{{"findings", as_json(*findings)}};
  }
  if (act == "list") {
    auto books = json::Value::array();
    for (const auto& book : promotions.list(0, 100)) books.push_back(as_json(book));
    return json::Value{{"versions", std::move(books)}};
  }
  const auto wish = json::from_value<VersionRequest>(request);
  if (!wish) return fail(wish.error());
  if (act == "restore") return as_json(promotions.restore(owner, wish->version));
  if (act == "show") {
    const auto book = promotions.get(wish->version);
    if (!book) return fail(book.error());
    auto value = as_json(*book);
    value["definitions"] = book->definitions;
    return value;
  }
  return fail("admin.unknown_command", "The running server does not know this command. Are both of one version?");
}

}  // namespace lanekeeper::server

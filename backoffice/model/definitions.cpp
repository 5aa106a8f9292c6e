#include "model/definitions.h"

#include <algorithm>

#include <fmt/format.h>

#include "pricing/promotion_json.h"

namespace lanekeeper::office {

namespace {

namespace exact_json = pricing::exact_json;

// nullopt: it is not there.
std::optional<std::string> text_of(const Definitions& definitions, std::string_view id) {
  const auto* found = find_definition(definitions, id);
  return found == nullptr ? std::nullopt : std::optional(found->text);
}

}  // namespace

Definition definition_of(ExactValue value) {
  Definition definition;
  definition.value = std::move(value);
  definition.text = write_json(definition.value);
  const auto* id = member(definition.value, "id");
  if (id != nullptr && id->kind == ExactValue::Kind::string) definition.id = id->text;
  ExactValue list;
  list.kind = ExactValue::Kind::array;
  list.elements.push_back(definition.value);
  auto read = pricing::read_promotions(list, exact_json::Place{});
  if (read) {
    definition.promotion = std::move(read->front());
  } else {
    definition.error = std::move(read.error());
  }
  return definition;
}

Result<Definitions> read_definitions(std::string_view text) {
  auto value = exact_json::parse(text);
  if (!value) return fail(std::move(value.error()));
  if (value->kind != ExactValue::Kind::array) {
    return fail("json.type", "A list of promotions is expected here.", {{"expected", "a list of promotions"}});
  }
  Definitions definitions;
  definitions.reserve(value->elements.size());
  for (auto& element : value->elements) definitions.push_back(definition_of(std::move(element)));
  return definitions;
}

std::string write_definitions(const Definitions& definitions) {
  std::string out = "[";
  for (const auto& definition : definitions) {
    if (out.size() > 1) out += ",\n";
    out += definition.text;
  }
  return out + "]";
}

const Definition* find_definition(const Definitions& definitions, std::string_view id) {
  const auto found = std::find_if(definitions.begin(), definitions.end(),
                                  [id](const Definition& definition) { return definition.id == id; });
  return found == definitions.end() ? nullptr : &*found;
}

void put_definition(Definitions& definitions, Definition definition) {
  for (auto& one : definitions) {
    if (one.id != definition.id) continue;
    one = std::move(definition);
    return;
  }
  definitions.push_back(std::move(definition));
}

std::string fresh_id(const Definitions& definitions, const ZonedTime& now) {
  const Date date = now.local_date();
  const int minute = now.local_minute_of_day();
  const std::string stem =
      fmt::format("P{:02}{:02}{:02}-{:02}{:02}", date.year % 100, date.month, date.day, minute / 60, minute % 60);
  std::string id = stem;
  for (int number = 2; find_definition(definitions, id) != nullptr; ++number) id = fmt::format("{}-{}", stem, number);
  return id;
}

std::vector<DefinitionChange> changes_between(const Definitions& before, const Definitions& after) {
  using What = DefinitionChange::What;
  std::vector<DefinitionChange> changes;
  for (const auto& definition : after) {
    const auto* earlier = find_definition(before, definition.id);
    if (earlier == nullptr) changes.push_back({What::added, definition.id});
    if (earlier != nullptr && earlier->text != definition.text) changes.push_back({What::changed, definition.id});
  }
  for (const auto& definition : before) {
    if (find_definition(after, definition.id) == nullptr) changes.push_back({What::removed, definition.id});
  }
  return changes;
}

Definitions rebase(const Definitions& base, const Definitions& mine, const Definitions& theirs,
                   std::vector<std::string>& contested) {
  Definitions result = theirs;
  for (const auto& change : changes_between(base, mine)) {
    const auto before = text_of(base, change.id);
    const auto here = text_of(mine, change.id);
    const auto there = text_of(theirs, change.id);
    if (there != before && there != here) contested.push_back(change.id);
    if (here) {
      put_definition(result, *find_definition(mine, change.id));
    } else {
      std::erase_if(result, [&](const Definition& definition) { return definition.id == change.id; });
    }
  }
  return result;
}

}  // namespace lanekeeper::office

// The definitions of a book of promotions as the office edits them: each as it was written, beside what it means. One
// that this program cannot read (a newer server's) is shown as such, kept to the letter and published again with the
// others.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/exact_edit.h"
#include "pricing/promotion.h"

namespace lanekeeper::office {

struct Definition {
  ExactValue value;
  std::string id;                               // empty: it has none
  std::optional<pricing::Promotion> promotion;  // nullopt: cannot be read here
  std::optional<Error> error;                   // why
  std::string text;                             // written out: two definitions are alike when this is
};
using Definitions = std::vector<Definition>;

[[nodiscard]] Definition definition_of(ExactValue value);
// An array of definitions. json.*
[[nodiscard]] Result<Definitions> read_definitions(std::string_view text);
[[nodiscard]] std::string write_definitions(const Definitions& definitions);

[[nodiscard]] const Definition* find_definition(const Definitions& definitions, std::string_view id);
// In the place of the one with its id, or as the last one.
void put_definition(Definitions& definitions, Definition definition);
// An id that none of them has, told by the minute it was made: "P261120-1024".
[[nodiscard]] std::string fresh_id(const Definitions& definitions, const ZonedTime& now);

// How one set of definitions became another.
struct DefinitionChange {
  enum class What { added, changed, removed };
  What what = What::changed;
  std::string id;
  bool operator==(const DefinitionChange&) const = default;
};
// In the order of `after`, what was removed last.
[[nodiscard]] std::vector<DefinitionChange> changes_between(const Definitions& before, const Definitions& after);
// The changes from `base` to `mine`, made to `theirs` instead. contested gets the ids that both changed, differently;
// mine stays.
[[nodiscard]] Definitions rebase(const Definitions& base, const Definitions& mine, const Definitions& theirs,
                                 std::vector<std::string>& contested);

}  // namespace lanekeeper::office

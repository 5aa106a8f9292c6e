// The store's members: brought in from a file, handed to the tills with masked names and keyed hashes.
//
// What tills get says neither name nor phone (access/member_keys.h). The list and one member in full are for the
// machine's owner.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/members.h"
#include "services/principal.h"
#include "services/service_context.h"
#include "storage/member_repository.h"

namespace lanekeeper::services {

struct MemberImport {
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
};

class MemberService {
 public:
  static constexpr std::int64_t max_page = 2000;
  static constexpr std::size_t max_file_bytes = 16 * 1024 * 1024;
  static constexpr std::size_t max_members = 200'000;

  explicit MemberService(ServiceContext context) : context_(context) {}

  // First start: makes the secret when there is none yet.
  void prepare();

  // For devices: those whose version is above `since`, or equal to it with an id above `after`. limit 1..max_page
  [[nodiscard]] Result<protocol::MemberPage> page(const Principal& principal, std::int64_t since, std::int64_t after,
                                                  std::int64_t limit);

  // A CSV file with headings (docs/import.md, "Members"): added by number or changed; who does not stand in it stays as
  // they are. All of it or nothing: the first row that cannot be taken is named (detail "line"). member.no_columns,
  // member.bad_number, member.bad_phone, member.no_name, member.bad_tier, member.bad_birthday, member.code_taken,
  // member.too_many, and the errors of reading text.
  [[nodiscard]] Result<MemberImport> import(const Principal& principal, std::string content);

  // By number, above `after`; limit 1..1000
  [[nodiscard]] std::vector<storage::MemberRow> list(const std::string& after, std::int64_t limit);
  // By the number of the card. member.not_found
  [[nodiscard]] Result<storage::MemberRow> get(std::string_view number);

 private:
  ServiceContext context_;
};

// "王*" for 王小明, "J. S." for John Smith: enough for the cashier to greet, not to look somebody up.
[[nodiscard]] std::string masked_name(std::string_view name);

}  // namespace lanekeeper::services

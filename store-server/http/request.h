// A request as handlers see it: no sockets, no Beast.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json_codec.h"
#include "services/principal.h"

namespace lanekeeper::http {

struct Request {
  std::string method;
  std::vector<std::string> path;  // the values of the route's {parameters}, in their order
  std::vector<std::pair<std::string, std::string>> query;
  std::string body;
  services::Principal principal;
  std::string token;        // of the session that principal.staff stands for; empty: none
  std::string poll_secret;  // X-Poll-Secret

  // Empty when it is not there.
  [[nodiscard]] std::string text(std::string_view name) const;
  // request.bad_parameter (detail "name") when it is not a number in the range.
  [[nodiscard]] Result<std::int64_t> number(std::string_view name, std::int64_t fallback, std::int64_t lowest,
                                            std::int64_t highest) const;
  // The parameter of the path; request.not_found when it is not a positive number.
  [[nodiscard]] Result<std::int64_t> path_number(std::size_t index) const;

  template <class T>
  [[nodiscard]] Result<T> decode() const {
    return json::decode<T>(body);
  }
};

struct Target {
  std::string path;  // still encoded
  std::vector<std::pair<std::string, std::string>> query;
};
// request.malformed: not an absolute path, bad %XX, more than 64 parameters, not UTF-8.
[[nodiscard]] Result<Target> parse_target(std::string_view target);
// request.malformed
[[nodiscard]] Result<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace lanekeeper::http

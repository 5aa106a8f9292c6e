// What handlers give back, and how errors become HTTP.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json_codec.h"

namespace lanekeeper::http {

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

template <class T>
[[nodiscard]] Answer json_answer(const T& value, int status = 200) {
  return Answer{status, "application/json", json::encode(value), {}};
}

// A handler's last line: what a service returned, as JSON; nothing to say is 204.
template <class T>
[[nodiscard]] Result<Answer> answer_with(const Result<T>& result, int status = 200) {
  if (!result) return fail(result.error());
  if constexpr (std::is_void_v<T>) {
    return Answer{204, {}, {}, {}};
  } else {
    return json_answer(*result, status);
  }
}

// The one place that says which status an error code has. Unknown codes are what a person can mend: 422.
[[nodiscard]] int status_of(std::string_view code);

// protocol::ErrorBody. The details of a 5xx stay here: peers learn that it happened and whether to try again.
[[nodiscard]] Answer error_answer(const Error& error);

// What escaped a handler, as the error that peers see (db.unavailable, db.unknown_outcome, db.disk_full, server.fault);
// logs the rest.
[[nodiscard]] Error error_of_fault(const std::exception& fault, std::string_view route);

}  // namespace lanekeeper::http

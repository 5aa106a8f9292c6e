// Errors that a person or a peer can cause are values; faults are exceptions.
//
// Result<T> carries either a T or an Error. The code is stable (it is part of the protocol, the console and the
// translation catalogues, where its text stands under "error.<code>"); the message is English, says what to do next,
// and goes to logs and to peers. A face (window, console) shows the translation of the code with the details as
// parameters.
//
// Fault is for what no one at the lane can cause: database gone, disk full, a broken invariant. Each program catches it
// in one place, logs it with its context, and never loses a completed sale over it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace lanekeeper {

struct Error {
  using Details = std::vector<std::pair<std::string, std::string>>;

  std::string code;     // stable, dotted, lower case: "barcode.check_digit"
  std::string message;  // English: what happened and what to do next
  Details details;      // named parameters of the translated text: {"barcode", "690..."}

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

// return fail("barcode.unknown", "No item has this barcode. Search for it by name.", {{"barcode", code}});
[[nodiscard]] inline tl::unexpected<Error> fail(std::string_view code, std::string_view message,
                                                Error::Details details = {}) {
  return tl::unexpected<Error>(Error{std::string(code), std::string(message), std::move(details)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

class Fault : public std::runtime_error {
 public:
  Fault(std::string code, const std::string& what) : std::runtime_error(what), code_(std::move(code)) {}
  [[nodiscard]] const std::string& code() const noexcept { return code_; }

 private:
  std::string code_;
};

}  // namespace lanekeeper

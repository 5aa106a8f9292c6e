#include "model/exceptions_model.h"

#include <algorithm>

namespace lanekeeper::office {
namespace {

constexpr std::string_view kinds_of_tills[] = {"code.", "control.", "shift.", "suspended.", "till."};

bool is_about_a_till(const protocol::ExceptionRow& row) {
  return std::any_of(std::begin(kinds_of_tills), std::end(kinds_of_tills),
                     [&](std::string_view kind) { return row.what.code.starts_with(kind); });
}

}  // namespace

void ExceptionsModel::refresh(Asked asked) {
  alive_.renew();
  again_ = timers_.once(look_again, [this] { refresh(Asked::by_itself); });
  transport_.send(get("/v1/exceptions?limit=100", asked), decoded<protocol::ExceptionPage>(alive_, [this](auto page) {
                    if (page) take(std::move(*page));  // the band tells that the server is away
                  }));
}

void ExceptionsModel::take(protocol::ExceptionPage page) {
  const auto oldest = clock_.now().instant.unix_ms - shown_for_ms;
  std::erase_if(page.exceptions,
                [&](const auto& row) { return !is_about_a_till(row) || row.raised_at.instant.unix_ms < oldest; });
  rows_ = std::move(page.exceptions);
  changed_.notify();
}

void ExceptionsModel::clear() {
  alive_.renew();
  again_.reset();
  rows_.clear();
  changed_.notify();
}

}  // namespace lanekeeper::office

#include "model/exceptions_model.h"

#include <fmt/format.h>

namespace lanekeeper::office {

void ExceptionsModel::refresh(Asked asked) {
  alive_.renew();
  again_ = timers_.once(look_again, [this] { refresh(Asked::by_itself); });
  // Which are about a sale the server knows: the same kind can be about either.
  const auto target = fmt::format("/v1/exceptions?about=tills&hours={}&limit=100", shown_for_h);
  transport_.send(get(target, asked), decoded<protocol::ExceptionPage>(alive_, [this](auto page) {
                    if (!page) return;  // the band tells that the server is away
                    rows_ = std::move(page->exceptions);
                    changed_.notify();
                  }));
}

void ExceptionsModel::clear() {
  alive_.renew();
  again_.reset();
  rows_.clear();
  changed_.notify();
}

}  // namespace lanekeeper::office

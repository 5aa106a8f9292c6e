// An answer of the link to a question, waited for.
#pragma once

#include <chrono>
#include <future>

#include "lane/ports.h"

namespace lanekeeper::till::test {

template <class T>
class Reply {
 public:
  StoreQuestions::Answer<T> take() {
    return [this](Result<T> result) { promise_.set_value(std::move(result)); };
  }
  Result<T> get() {
    if (future_.wait_for(std::chrono::seconds(10)) != std::future_status::ready)
      return fail("test.no_answer", "no answer came");
    return future_.get();
  }
  [[nodiscard]] bool there() { return future_.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }

 private:
  std::promise<Result<T>> promise_;
  std::future<Result<T>> future_ = promise_.get_future();
};

}  // namespace lanekeeper::till::test

// A server, timers, a clock and chance that tests move by hand.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "model/timers.h"
#include "model/transport.h"

namespace lanekeeper::office {

class FakeTransport : public Transport {
 public:
  struct Asked {
    net::HttpRequest request;
    std::filesystem::path file;
    Answer answer;
  };

  void send(net::HttpRequest request, Answer answer) override {
    asked.push_back({std::move(request), {}, std::move(answer)});
  }
  void upload(net::HttpRequest request, std::filesystem::path file, Answer answer) override {
    asked.push_back({std::move(request), std::move(file), std::move(answer)});
  }

  // The oldest request that waits: "PUT /v1/items/7".
  [[nodiscard]] std::string next() const {
    return asked.empty() ? std::string() : asked.front().request.method + " " + asked.front().request.target;
  }
  template <class Body>
  [[nodiscard]] Body body() const {
    return json::decode<Body>(asked.front().request.body).value();
  }
  template <class Reply>
  void reply(const Reply& value) {
    reply_with(net::HttpResponse{200, "application/json", json::encode(value)});
  }
  void reply_empty() { reply_with(net::HttpResponse{204, "", ""}); }
  void refuse(std::string code, Error::Details details = {}) {
    reply_with(fail(Error{std::move(code), "Refused by the test.", std::move(details)}));
  }
  void reply_with(Result<net::HttpResponse> response) {
    auto front = std::move(asked.front());
    asked.pop_front();
    front.answer(std::move(response));
  }

  std::deque<Asked> asked;
};

class FakeTimers : public Timers {
  struct Pending {
    std::chrono::milliseconds due;
    std::function<void()> call;
  };
  struct Registry {
    std::map<std::size_t, Pending> pending;
    std::size_t next_id = 1;
  };
  struct Handle : Timer {
    Handle(std::shared_ptr<Registry> r, std::size_t i) : registry(std::move(r)), id(i) {}
    ~Handle() override { registry->pending.erase(id); }
    std::shared_ptr<Registry> registry;
    std::size_t id;
  };

 public:
  std::unique_ptr<Timer> once(std::chrono::milliseconds delay, std::function<void()> call) override {
    const std::size_t id = registry_->next_id++;
    registry_->pending[id] = {now_ + delay, std::move(call)};
    return std::make_unique<Handle>(registry_, id);
  }

  void advance(std::chrono::milliseconds by) {
    const auto until = now_ + by;
    while (true) {
      auto& pending = registry_->pending;
      const auto first = std::min_element(pending.begin(), pending.end(),
                                          [](const auto& a, const auto& b) { return a.second.due < b.second.due; });
      if (first == pending.end() || first->second.due > until) break;
      now_ = first->second.due;
      const auto call = std::move(first->second.call);
      pending.erase(first);
      call();
    }
    now_ = until;
  }
  [[nodiscard]] std::size_t count() const { return registry_->pending.size(); }

 private:
  std::chrono::milliseconds now_{0};
  std::shared_ptr<Registry> registry_ = std::make_shared<Registry>();
};

class FakeClock : public Clock {
 public:
  [[nodiscard]] ZonedTime now() const override { return time; }
  ZonedTime time = ZonedTime::parse("2026-11-20T10:00:00.000+08:00").value();
};

class CountingRandom : public RandomSource {
 public:
  void fill(std::span<unsigned char> out) override {
    for (auto& byte : out) byte = next_++;
  }

 private:
  unsigned char next_ = 1;
};

}  // namespace lanekeeper::office

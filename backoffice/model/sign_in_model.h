// Who works at this back office.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/lifetime.h"
#include "model/signal.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// UI thread only.
class SignInModel {
 public:
  struct Hooks {
    std::function<void(const protocol::Session&)> signed_in;
    std::function<void()> signed_out;
  };
  SignInModel(Transport& transport, Hooks hooks) : transport_(transport), hooks_(std::move(hooks)) {}

  // office.no_number, office.no_password here; access.* from the server.
  void sign_in(const std::string& number, const std::string& password);
  void sign_out();
  // The server has ended the session; the next sign-in goes on where this one was.
  void expired();

  [[nodiscard]] const std::optional<protocol::Session>& session() const { return session_; }
  [[nodiscard]] bool allows(access::Permission permission) const {
    return session_ && access::allows(session_->role, permission);
  }
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void answered(Result<protocol::Session> session);

  Transport& transport_;
  Hooks hooks_;
  std::optional<protocol::Session> session_;
  std::optional<Error> error_;
  bool busy_ = false;
  Lifetime alive_;
  Signal changed_;
};

}  // namespace lanekeeper::office

#include "model/sign_in_model.h"

#include "base/text.h"

namespace lanekeeper::office {

void SignInModel::sign_in(const std::string& number, const std::string& password) {
  if (busy_) return;
  error_.reset();
  if (trim(number).empty()) error_ = Error{"office.no_number", "Enter your staff number.", {}};
  if (!error_ && password.empty()) error_ = Error{"office.no_password", "Enter your password.", {}};
  busy_ = !error_;
  changed_.notify();
  if (!busy_) return;
  protocol::SignIn request;
  request.number = trim(number);
  request.password = password;
  transport_.send(with_body("POST", "/v1/sessions", request),
                  decoded<protocol::Session>(alive_, [this](auto session) { answered(std::move(session)); }));
}

void SignInModel::answered(Result<protocol::Session> session) {
  busy_ = false;
  if (session) {
    session_ = std::move(*session);
    hooks_.signed_in(*session_);
  } else {
    error_ = std::move(session.error());
  }
  changed_.notify();
}

void SignInModel::sign_out() {
  if (!session_) return;
  transport_.send(without_body("DELETE", "/v1/sessions"), [](const Result<net::HttpResponse>&) {});
  session_.reset();
  error_.reset();
  hooks_.signed_out();
  changed_.notify();
}

void SignInModel::expired() {
  if (!session_) return;
  session_.reset();
  error_ = Error{"office.session_ended", "The session has ended. Sign in again; what you typed is kept.", {}};
  hooks_.signed_out();
  changed_.notify();
}

}  // namespace lanekeeper::office

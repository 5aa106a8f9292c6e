// How the store's tills are set and what its receipts look like, as the server has it. Two pages change it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/lifetime.h"
#include "model/signal.h"
#include "model/transport.h"
#include "protocol/settings_messages.h"

namespace lanekeeper::office {

// UI thread only.
class StoreSettingsModel {
 public:
  explicit StoreSettingsModel(Transport& transport) : transport_(transport) {}

  void refresh(Asked asked = Asked::by_person);
  void clear();  // answers that are under way come no more

  // nullptr until it was read.
  [[nodiscard]] const protocol::StoreSettings* settings() const { return settings_ ? &*settings_ : nullptr; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }  // why it could not be read
  // The shop's own template; empty: the built-in one prints.
  [[nodiscard]] std::string own_text(const std::string& kind, const std::string& language) const;

  // The answer comes when settings() is the new one already.
  using Done = std::function<void(const Result<void>&)>;
  void change_policy(const protocol::TillPolicyChange& change, Done done);
  void change_template(const std::string& kind, const std::string& language,
                       const protocol::ReceiptTemplateChange& change, Done done);
  void remove_template(const std::string& kind, const std::string& language,
                       const protocol::ReceiptTemplateRemoval& removal, Done done);

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void send(net::HttpRequest request, Done done);

  Transport& transport_;
  std::optional<protocol::StoreSettings> settings_;
  std::optional<Error> error_;
  Lifetime reading_;
  Lifetime alive_;
  Signal changed_;
};

}  // namespace lanekeeper::office

#include "model/store_settings_model.h"

namespace lanekeeper::office {
namespace {

std::string template_path(const std::string& kind, const std::string& language) {
  return "/v1/settings/receipt-templates/" + kind + "/" + language;
}

}  // namespace

void StoreSettingsModel::refresh(Asked asked) {
  reading_.renew();
  transport_.send(get("/v1/settings", asked), decoded<protocol::StoreSettings>(reading_, [this](auto settings) {
                    if (settings) {
                      settings_ = std::move(*settings);
                      error_.reset();
                    } else {
                      error_ = std::move(settings.error());
                    }
                    changed_.notify();
                  }));
}

void StoreSettingsModel::clear() {
  reading_.renew();
  alive_.renew();
  settings_.reset();
  error_.reset();
  changed_.notify();
}

std::string StoreSettingsModel::own_text(const std::string& kind, const std::string& language) const {
  if (!settings_) return {};
  for (const auto& own : settings_->receipt_templates) {
    if (own.kind == kind && own.language == language) return own.text;
  }
  return {};
}

void StoreSettingsModel::send(net::HttpRequest request, Done done) {
  reading_.renew();  // what was asked before the change would say how it was
  transport_.send(std::move(request),
                  decoded<protocol::StoreSettings>(alive_, [this, done = std::move(done)](auto settings) {
                    if (!settings) {
                      done(fail(std::move(settings.error())));
                      // Somebody else was faster, or the answer was lost: look how it is.
                      refresh();
                      return;
                    }
                    settings_ = std::move(*settings);
                    error_.reset();
                    done({});
                    changed_.notify();
                  }));
}

void StoreSettingsModel::change_policy(const protocol::TillPolicyChange& change, Done done) {
  send(with_body("PUT", "/v1/settings/till-policy", change), std::move(done));
}

void StoreSettingsModel::change_template(const std::string& kind, const std::string& language,
                                         const protocol::ReceiptTemplateChange& change, Done done) {
  send(with_body("PUT", template_path(kind, language), change), std::move(done));
}

void StoreSettingsModel::remove_template(const std::string& kind, const std::string& language,
                                         const protocol::ReceiptTemplateRemoval& removal, Done done) {
  send(with_body("POST", template_path(kind, language) + "/removal", removal), std::move(done));
}

}  // namespace lanekeeper::office

#include "model/store_model.h"

namespace lanekeeper::office {

void StoreModel::refresh(Asked asked) {
  transport_.send(get("/v1/store", asked), decoded<protocol::StoreProfile>(alive_, [this](auto profile) {
                    if (!profile) return;  // asked again at the next sign-in or reconnect
                    profile_ = std::move(*profile);
                    known_ = true;
                    changed_.notify();
                  }));
}

void StoreModel::pushed_version(std::int64_t version) {
  if (version > profile_.version) refresh(Asked::by_itself);
}

const catalogue::Category* StoreModel::category(catalogue::CategoryId id) const {
  for (const auto& category : profile_.categories) {
    if (category.id == id) return &category;
  }
  return nullptr;
}

const catalogue::TaxCategory* StoreModel::tax(catalogue::TaxCategoryId id) const {
  for (const auto& tax : profile_.taxes) {
    if (tax.id == id) return &tax;
  }
  return nullptr;
}

}  // namespace lanekeeper::office

#include "model/approvals_model.h"

#include <algorithm>

namespace lanekeeper::office {

void ApprovalsModel::refresh(Asked asked) {
  transport_.send(get("/v1/approvals", asked), decoded<protocol::ApprovalList>(alive_, [this](auto list) {
                    look_later();
                    if (!list) return;  // whoever looks at the page is told by the band that the server is away
                    waiting_ = std::move(list->approvals);
                    changed_.notify();
                  }));
}

void ApprovalsModel::look_later() {
  again_ = timers_.once(look_again, [this] {
    again_.reset();
    refresh(Asked::by_itself);
  });
}

void ApprovalsModel::clear() {
  alive_.renew();
  again_.reset();
  waiting_.clear();
  answering_.reset();
  outcome_.reset();
  changed_.notify();
}

void ApprovalsModel::answer(const Uuid& id, bool granted) {
  if (answering_) return;
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(), [&id](const auto& one) { return one.request.id == id; });
  if (found == waiting_.end()) return;
  answering_ = id;
  outcome_.reset();
  changed_.notify();
  transport_.send(
      with_body("POST", "/v1/approvals/" + id.to_string() + "/answer", protocol::ApprovalAnswer{granted, std::nullopt}),
      decoded<protocol::ApprovalStatus>(alive_,
                                        [this, what = *found](auto answer) { answered(what, std::move(answer)); }));
}

void ApprovalsModel::answered(const protocol::ApprovalStatus& what, Result<protocol::ApprovalStatus> answer) {
  answering_.reset();
  if (answer) {
    outcome_ = Outcome{std::move(*answer), std::nullopt};
  } else {
    outcome_ = Outcome{what, std::move(answer.error())};
  }
  std::erase_if(waiting_, [&what](const auto& one) { return one.request.id == what.request.id; });
  changed_.notify();
  refresh();  // an answer that failed on its way leaves the request where it was
}

void ApprovalsModel::dismiss() {
  if (!outcome_) return;
  outcome_.reset();
  changed_.notify();
}

}  // namespace lanekeeper::office

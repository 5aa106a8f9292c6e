#include "link/link.h"

#include <utility>

#include "link/link_worker.h"

namespace lanekeeper::till {

struct Link::Impl {
  explicit Impl(LinkServices services) : worker(std::move(services)) {}
  LinkWorker worker;
};

Link::Link(LinkServices services) : impl_(std::make_unique<Impl>(std::move(services))) {}
Link::~Link() = default;

std::int64_t Link::till() const {
  return impl_->worker.till();
}
void Link::start() {
  impl_->worker.start();
}
void Link::stop() {
  impl_->worker.stop();
}
StoreQuestions& Link::questions() {
  return impl_->worker.questions();
}
void Link::wake_uploader() {
  impl_->worker.signal(&LinkWorker::Signals::upload);
}
void Link::reconnect_now() {
  impl_->worker.signal(&LinkWorker::Signals::retry);
}
Result<void> Link::use_server(std::string_view server) {
  return impl_->worker.use_server(server);
}
void Link::renew_pairing_code() {
  impl_->worker.signal(&LinkWorker::Signals::new_code);
}
void Link::replica_damaged() {
  impl_->worker.signal(&LinkWorker::Signals::reload);
}
void Link::lane_status(LaneReport report) {
  impl_->worker.lane_status(std::move(report));
}
void Link::lane_status(std::string cashier, std::string printer) {
  lane_status({std::move(cashier), std::move(printer)});
}

}  // namespace lanekeeper::till

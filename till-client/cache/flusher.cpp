#include "cache/flusher.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>

#include "cache/sqlite.h"

namespace lanekeeper::till {

namespace {

using namespace std::chrono_literals;

// Changes of the basket that come close together share one sync.
constexpr auto basket_gather_time = 100ms;
constexpr std::uintmax_t checkpoint_bytes = 2 * 1024 * 1024;

std::uintmax_t size_of(const std::filesystem::path& file) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(file, missing);
  return missing ? 0 : size;
}

void checkpoint(const std::filesystem::path& file) {
  try {
    const sqlite::Database database(file, sqlite::OpenMode::read_write);
    database.execute("PRAGMA synchronous=FULL");
    database.execute("PRAGMA wal_checkpoint(PASSIVE)");
  } catch (const sqlite::Failure&) {
    return;  // the log stays as it is and the next commit or checkpoint meets the same disk
  }
}

}  // namespace

Flusher::Flusher(std::filesystem::path directory, std::unique_ptr<JournalHeadFile> head_file, bool check_pages)
    : directory_(std::move(directory)), head_file_(std::move(head_file)), check_pages_(check_pages) {
  thread_ = std::thread([this] { run(); });
}

Flusher::~Flusher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
  if (basket_log_ >= 0) ::close(basket_log_);
}

void Flusher::head_changed(const JournalHead& head) {
  {
    const std::lock_guard lock(mutex_);
    pending_.head = head;
    pending_.basket = true;  // the sale cleared it
  }
  wake_.notify_one();
}

void Flusher::basket_changed() {
  {
    const std::lock_guard lock(mutex_);
    pending_.basket = true;
  }
  wake_.notify_one();
}

bool Flusher::settle_basket() const {
  const int log = ::open((directory_ / "basket.db-wal").c_str(), O_RDWR | O_CLOEXEC);
  if (log < 0) return errno == ENOENT;  // nothing was written since the file was opened
  const bool settled = ::fdatasync(log) == 0;
  ::close(log);
  return settled;
}

void Flusher::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (check_pages_ && !stopping_) {
      check_pages_ = false;
      lock.unlock();
      check_journal_pages();
      lock.lock();
      continue;
    }
    wake_.wait(lock, [this] { return stopping_ || pending_.head || pending_.basket; });
    // A head is written at once, a basket waits a little for its next line.
    if (!pending_.head) wake_.wait_for(lock, basket_gather_time, [this] { return stopping_ || pending_.head; });
    Pending pending = std::exchange(pending_, {});
    const bool last = stopping_;
    lock.unlock();
    flush(pending);
    lock.lock();
    if (last && !pending_.head && !pending_.basket) return;
  }
}

void Flusher::flush(Pending& pending) {
  // A head that could not be written is followed by the next one; until then the head file is merely behind.
  if (pending.head) static_cast<void>(head_file_->write(*pending.head));
  if (pending.basket) sync_basket();
  checkpoint_when_large();
}

void Flusher::sync_basket() {
  // SQLite takes its locks on basket.db and basket.db-shm, never on the log, so a descriptor of our own on the log does
  // not disturb them. The log lives as long as the connection that holds the basket.
  if (basket_log_ < 0) basket_log_ = ::open((directory_ / "basket.db-wal").c_str(), O_RDWR | O_CLOEXEC);
  if (basket_log_ >= 0) ::fdatasync(basket_log_);
}

void Flusher::checkpoint_when_large() {
  for (const char* name : {"journal.db", "basket.db"}) {
    const auto file = directory_ / name;
    if (size_of(std::filesystem::path(file) += "-wal") > checkpoint_bytes) checkpoint(file);
  }
}

void Flusher::check_journal_pages() const {
  try {
    const sqlite::Database database(directory_ / "journal.db", sqlite::OpenMode::read_write);
    if (database.text("PRAGMA quick_check(1)") == "ok") return;
  } catch (const sqlite::Failure& failure) {
    if (!failure.is_damage()) return;
  }
  std::ofstream(directory_ / "journal.suspect") << "found by the check behind the last start\n";
}

}  // namespace lanekeeper::till

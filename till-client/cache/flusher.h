// Disk work that the lane must not wait for, on a thread of its own: the journal's head file, the basket's way from the
// page cache to the disk, and the checkpoints of both write-ahead logs.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "cache/journal_head.h"

namespace lanekeeper::till {

class Flusher {
 public:
  // `head` is what the head file held when the journal was opened. check_pages: also read the whole journal once and
  // leave the file journal.suspect behind when it is not sound, so that the next start looks at every page first.
  Flusher(std::filesystem::path directory, std::unique_ptr<JournalHeadFile> head_file, bool check_pages);
  ~Flusher();  // writes what is pending, then stops
  Flusher(const Flusher&) = delete;
  Flusher& operator=(const Flusher&) = delete;

  // Thread-safe, return at once.
  void head_changed(const JournalHead& head);
  void basket_changed();
  // On the calling thread, and only back when the basket's log is on the disk. False: it could not be written.
  [[nodiscard]] bool settle_basket() const;

 private:
  struct Pending {
    std::optional<JournalHead> head;
    bool basket = false;
  };
  void run();
  void flush(Pending& pending);
  void sync_basket();
  void checkpoint_when_large();
  void check_journal_pages() const;

  const std::filesystem::path directory_;
  const std::unique_ptr<JournalHeadFile> head_file_;
  int basket_log_ = -1;  // basket.db-wal
  std::mutex mutex_;
  std::condition_variable wake_;
  Pending pending_;
  bool check_pages_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lanekeeper::till

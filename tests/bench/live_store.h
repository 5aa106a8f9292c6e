// A real store server in a folder of its own, and enrolled devices that talk to it over TLS like tills do.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/system_clock.h"
#include "base/system_random.h"
#include "journal/chain.h"
#include "net/https_client.h"
#include "protocol/messages.h"

namespace lanekeeper::bench {

struct EnrolledDevice {
  net::TlsIdentity identity;
  journal::SigningKey key;
  std::int64_t till = 0;
};

// Throws Fault("bench.conditions") when something that the measurement needs cannot be had.
class LiveStore {
 public:
  LiveStore();
  ~LiveStore();  // stops the server, removes the folder
  LiveStore(const LiveStore&) = delete;
  LiveStore& operator=(const LiveStore&) = delete;

  [[nodiscard]] net::Endpoint endpoint() const { return endpoint_; }
  [[nodiscard]] std::int64_t resident_kib() const;  // of the server process, without its database
  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  [[nodiscard]] EnrolledDevice enrol(protocol::DeviceKind kind, std::int64_t till);
  // Runs `lanekeeper-server <words> --data-dir ...` and gives what it printed.
  [[nodiscard]] std::string command(const std::vector<std::string>& words) const;

  struct DatabaseAccess {
    std::string socket;
    std::string user;
    std::string password;
    std::string schema;
  };
  [[nodiscard]] DatabaseAccess database() const;

 private:
  std::filesystem::path program_;
  std::filesystem::path folder_;
  net::Endpoint endpoint_;
  pid_t pid_ = 0;
  SystemRandom random_;
};

// `count` items with prices, written as a CSV that the store's import takes.
void write_items_csv(const std::filesystem::path& path, std::int64_t count);

}  // namespace lanekeeper::bench

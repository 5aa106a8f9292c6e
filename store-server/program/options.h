// What the command line and the settings file say.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "net/https_client.h"
#include "storage/database.h"

namespace lanekeeper::server {

struct Options {
  std::filesystem::path data_dir;
  std::string listen = "0.0.0.0:7443";
  std::string database = "managed";  // or mysql://user:password@host:port/schema[?socket=PATH]
  std::string store_name = "Lanekeeper";
  std::filesystem::path demo_dir;  // --load-demo; empty: none
  int io_threads = 2;
  int database_connections = 8;
  std::string log_level = "info";
  std::filesystem::path metrics_token;  // file; empty: only people with the permission see the metrics
  std::string database_program;         // mariadbd or mysqld; empty: found

  [[nodiscard]] bool managed() const { return database == "managed"; }
  [[nodiscard]] std::filesystem::path admin_socket() const { return data_dir / "admin" / "admin.sock"; }
  [[nodiscard]] std::filesystem::path database_dir() const { return data_dir / "database"; }
};

// /var/lib/lanekeeper for root, else lanekeeper/server in the user's data folder.
[[nodiscard]] std::filesystem::path default_data_dir();

// options.bad_database (detail "reason")
[[nodiscard]] Result<storage::DatabaseConfig> parse_database_address(const std::string& address);

}  // namespace lanekeeper::server

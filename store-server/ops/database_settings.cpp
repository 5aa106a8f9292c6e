// The texts of a managed database: its settings and its first statements.
#include "ops/database_files.h"

namespace lanekeeper::ops {

std::string server_settings(const ManagedDatabaseConfig& config, const DatabasePaths& paths) {
  // "loose_" where one of MariaDB 10.11 and MySQL 8/9 does not know the name; the other ignores it then.
  // Sources: MariaDB Knowledge Base "Group Commit for the Binary Log", "Durability"; MySQL Reference Manual 8.4,
  // "InnoDB Startup Options and System Variables".
  return fmt::format(
      R"(# Written by lanekeeper-server at every start; changes here are lost.
[mysqld]
datadir={data}
socket={socket}
pid-file={pid}
log-error={log}
tmpdir={tmp}
init-file={init}

skip-networking
skip-name-resolve
local-infile=0
loose_mysqlx=OFF
loose_performance_schema=OFF

# A commit that was answered is on the disk, in InnoDB and in the binary log.
innodb_flush_log_at_trx_commit=1
sync_binlog=1
innodb_doublewrite=ON
innodb_strict_mode=ON
innodb_rollback_on_timeout=ON
loose_innodb_snapshot_isolation=ON
server-id=1
log_bin={binlog}/binlog
loose_binlog_format=ROW
loose_log_bin_trust_function_creators=ON
max_binlog_size=128M
binlog_expire_logs_seconds={binlog_seconds}
sql_mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY
character-set-server=utf8mb4
collation-server=utf8mb4_unicode_520_ci
default-time-zone=+00:00
default-storage-engine=InnoDB

# A shop's back room is a small machine.
innodb_buffer_pool_size={pool}M
loose_innodb_log_file_size={redo}M
loose_innodb_redo_log_capacity={redo}M
innodb_log_buffer_size=8M
max_connections={connections}
max_allowed_packet=64M
table_open_cache=400
table_definition_cache=400
thread_cache_size=8
key_buffer_size=1M
tmp_table_size=16M
max_heap_table_size=16M
loose_aria_pagecache_buffer_size=8M
loose_query_cache_type=0
loose_query_cache_size=0
)",
      fmt::arg("data", paths.data.string()), fmt::arg("socket", paths.socket.string()),
      fmt::arg("pid", paths.pid.string()), fmt::arg("log", paths.log.string()),
      fmt::arg("tmp", paths.temporary.string()), fmt::arg("init", paths.init_file.string()),
      fmt::arg("binlog", paths.binlog.string()), fmt::arg("binlog_seconds", config.keep_binlog_days * 86400),
      fmt::arg("pool", config.buffer_pool_mb), fmt::arg("redo", config.redo_log_mb),
      fmt::arg("connections", config.max_connections));
}

std::string init_statements(const ManagedDatabaseConfig& config, DatabaseKind kind, std::string_view password,
                            std::string_view unknown_password) {
  // One statement a line: MySQL's reader of init files wants it so. Names are our own configuration, never input.
  std::string out = "SET SESSION sql_log_bin=0;\n";
  out += fmt::format("CREATE DATABASE IF NOT EXISTS `{}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;\n",
                     config.schema);
  out += fmt::format("CREATE USER IF NOT EXISTS '{}'@'localhost' IDENTIFIED BY '{}';\n", config.app_user, password);
  out += fmt::format("ALTER USER '{}'@'localhost' IDENTIFIED BY '{}';\n", config.app_user, password);
  out += fmt::format("GRANT ALL PRIVILEGES ON `{}`.* TO '{}'@'localhost';\n", config.schema, config.app_user);
  if (kind == DatabaseKind::mysql) {
    // --initialize-insecure leaves root without a password; nobody needs that account.
    out += fmt::format("ALTER USER 'root'@'localhost' IDENTIFIED BY '{}';\n", unknown_password);
  }
  return out;
}

}  // namespace lanekeeper::ops

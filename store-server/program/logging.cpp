#include "program/logging.h"

#include <spdlog/formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "base/time.h"

namespace lanekeeper::server {
namespace {

constexpr std::size_t max_file_bytes = 10 * 1024 * 1024;
constexpr std::size_t max_files = 5;
constexpr std::size_t max_message_bytes = 4096;  // what a stranger can make us write is bounded

class JsonLines : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const auto since_1970 = std::chrono::duration_cast<std::chrono::milliseconds>(message.time.time_since_epoch());
    const auto level = spdlog::level::to_string_view(message.level);
    const std::string_view payload(message.payload.data(), std::min(message.payload.size(), max_message_bytes));
    const nlohmann::json line = {{"time", ZonedTime{Instant{since_1970.count()}, 0}.to_string()},
                                 {"level", std::string(level.data(), level.size())},
                                 {"thread", message.thread_id},
                                 {"message", std::string(payload)}};
    const std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    out.append(text.data(), text.data() + text.size());
  }
  [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonLines>(); }
};

}  // namespace

Result<void> start_logging(const std::filesystem::path& folder, const std::string& level) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (error) {
    return fail("log.unwritable", "The folder for the log cannot be made.",
                {{"path", folder.string()}, {"reason", error.message()}});
  }
  try {
    auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>((folder / "server.log").string(), max_file_bytes,
                                                                       max_files);
    auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    auto logger = std::make_shared<spdlog::logger>("server", spdlog::sinks_init_list{console, file});
    logger->set_formatter(std::make_unique<JsonLines>());
    logger->set_level(spdlog::level::from_str(level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
  } catch (const spdlog::spdlog_ex& failure) {
    return fail("log.unwritable", "The log cannot be written.",
                {{"path", folder.string()}, {"reason", failure.what()}});
  }
  return {};
}

void start_plain_logging() {
  auto logger = std::make_shared<spdlog::logger>("command", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%v");
  logger->set_level(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace lanekeeper::server

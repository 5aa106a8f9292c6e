#include "live_store.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include "barcode/gtin.h"
#include "net/x509.h"

namespace lanekeeper::bench {
namespace {

using Steady = std::chrono::steady_clock;

[[noreturn]] void impossible(const std::string& what) {
  throw Fault("bench.conditions", what);
}

std::uint16_t free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (probe < 0 || ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    impossible("no free port");
  }
  ::close(probe);
  return ntohs(address.sin_port);
}

std::vector<char*> to_argv(std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  return argv;
}

// Polls until the condition holds; the bound is the only clock.
template <class Condition>
void wait_until(const char* what, std::chrono::seconds bound, Condition condition) {
  const auto end = Steady::now() + bound;
  while (!condition()) {
    if (Steady::now() > end) impossible(std::string("waited in vain for ") + what);
    ::poll(nullptr, 0, 50);
  }
}

}  // namespace

LiveStore::LiveStore() {
  program_ = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "lanekeeper-server";
  if (!std::filesystem::exists(program_)) impossible("lanekeeper-server is not built beside the bench");
  std::string pattern = (std::filesystem::temp_directory_path() / "lanekeeper-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) impossible("no temporary folder");
  folder_ = pattern;
  std::filesystem::permissions(folder_, std::filesystem::perms(0755));
  endpoint_ = {"127.0.0.1", free_port()};
  std::vector<std::string> words = {
      program_.string(), "serve", "--data-dir", (folder_ / "server").string(), "--listen", endpoint_.to_string()};
  auto argv = to_argv(words);
  pid_ = ::fork();
  if (pid_ == 0) {
    const int log = ::open((folder_ / "server.log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0644);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::execv(program_.c_str(), argv.data());
    ::_exit(127);
  }
  wait_until("the server to be ready", std::chrono::seconds(90), [this] {
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_)
      impossible("the server ended; see " + (folder_ / "server.log").string());
    net::HttpsClient client(endpoint_, {});
    net::HttpRequest request;
    request.target = "/v1/hello";
    const auto answer = client.send(request);
    return answer && answer->status == 200;
  });
}

LiveStore::~LiveStore() {
  if (pid_ > 0) {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::int64_t LiveStore::resident_kib() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    if (word == "VmRSS:") {
      std::int64_t kib = 0;
      status >> kib;
      return kib;
    }
  }
  impossible("the server's memory cannot be read");
}

std::string LiveStore::command(const std::vector<std::string>& words) const {
  std::vector<std::string> all = {program_.string()};
  all.insert(all.end(), words.begin(), words.end());
  all.insert(all.end(), {"--data-dir", (folder_ / "server").string()});
  auto argv = to_argv(all);
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) impossible("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::execv(program_.c_str(), argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string out;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    impossible("lanekeeper-server " + words.front() + " failed: " + out);
  return out;
}

EnrolledDevice LiveStore::enrol(protocol::DeviceKind kind, std::int64_t till) {
  auto key = journal::SigningKey::generate(random_);
  net::HttpsClient client(endpoint_, {});
  const auto ask = [&client](net::HttpRequest request) {
    auto answer = net::expect_success(client.send(request));
    if (!answer) impossible("enrolment: " + answer.error().code + " " + answer.error().message);
    return answer->body;
  };
  protocol::EnrolmentRequest wish;
  wish.kind = kind;
  wish.device_name = "bench-" + std::to_string(till);
  wish.csr_pem = net::make_csr(key, wish.device_name);
  wish.software = LANEKEEPER_VERSION;
  net::HttpRequest post;
  post.method = "POST";
  post.target = "/v1/enrolments";
  post.body = json::encode(wish);
  const auto ticket = json::decode<protocol::EnrolmentTicket>(ask(post)).value();
  if (kind == protocol::DeviceKind::till) {
    (void)command({"approve", ticket.code, "--till", std::to_string(till)});
  } else {
    (void)command({"approve", ticket.code});
  }
  net::HttpRequest poll;
  poll.target = "/v1/enrolments/" + ticket.enrolment_id;
  poll.headers = {{"X-Poll-Secret", ticket.poll_secret}};
  const auto status = json::decode<protocol::EnrolmentStatus>(ask(poll)).value();
  if (status.state != protocol::EnrolmentState::approved) impossible("enrolment was not approved");
  return {
      {status.ca_pem.value(), status.certificate_pem.value(), net::to_pkcs8_pem(key)}, key, status.till.value_or(0)};
}

LiveStore::DatabaseAccess LiveStore::database() const {
  const auto value = json::parse(command({"database-info"}));
  if (!value) impossible("database-info is not JSON");
  return {value->at("socket").get<std::string>(), value->at("user").get<std::string>(),
          value->at("password").get<std::string>(), value->at("schema").get<std::string>()};
}

void write_items_csv(const std::filesystem::path& path, std::int64_t count) {
  std::ofstream out(path);
  out << "number,barcode,name,category,unit,price\n";
  for (std::int64_t i = 0; i < count; ++i) {
    std::string digits = std::to_string(690'000'000'000 + i);
    digits += barcode::check_digit(digits);
    out << 'B' << i << ',' << digits << ",Article " << i << ",Department " << i % 40 << ",piece," << 1 + i % 90 << '.'
        << (i % 10) << "0\n";
  }
}

}  // namespace lanekeeper::bench

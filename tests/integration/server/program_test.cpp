// lanekeeper-server as a process: first start, commands, signals, and the death of its database.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "base/system_random.h"
#include "live_client.h"
#include "net/x509.h"
#include "protocol/messages.h"

namespace lanekeeper {
namespace {

using testing::eventually;
using testing::outcome;
using testing::RawClient;
using testing::request;
using namespace std::chrono_literals;

std::filesystem::path program() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "lanekeeper-server";
}

std::uint16_t free_port() {
  boost::asio::io_context io;
  boost::asio::ip::tcp::acceptor probe(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  return probe.local_endpoint().port();
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int mode_of(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 0777) : -1;
}

struct Ended {
  int status = -1;
  std::string out;
  std::string err;
};

// A store in a folder of its own.
class Installation {
 public:
  Installation() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lk-prog-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    ::chmod(folder_.c_str(), 0755);  // the database runs as another user
  }
  ~Installation() {
    if (process_ > 0) (void)stop(SIGKILL);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::filesystem::path data() const { return folder_ / "data"; }
  [[nodiscard]] net::Endpoint endpoint() const { return {"127.0.0.1", port_}; }
  [[nodiscard]] std::string log() const { return content(folder_ / "serve.err"); }

  [[nodiscard]] bool start() {
    process_ = spawn({"serve", "--listen", endpoint().to_string()}, "", "serve");
    return eventually(
               [&] {
                 if (::waitpid(process_, nullptr, WNOHANG) == process_) {
                   process_ = 0;
                   return true;
                 }
                 return healthy();
               },
               120s) &&
           process_ > 0;
  }
  [[nodiscard]] bool healthy() const {
    net::HttpsClient client(endpoint(), {content(data() / "keys" / "ca.pem"), "", ""});
    return outcome(client.send(request("GET", "/v1/health"))) == "200";
  }
  // The exit status; -1: it had to be killed, -2: ended by a signal.
  [[nodiscard]] int stop(int signal = SIGTERM) {
    ::kill(process_, signal);
    int status = 0;
    const bool ended = eventually([&] { return ::waitpid(process_, &status, WNOHANG) == process_; }, 60s);
    if (!ended) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    process_ = 0;
    if (!ended) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -2;
  }
  [[nodiscard]] Ended command(std::vector<std::string> words, const std::string& input = "") const {
    const pid_t child = spawn(std::move(words), input, "command");
    Ended ended;
    int status = 0;
    ::waitpid(child, &status, 0);
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -2;
    ended.out = content(folder_ / "command.out");
    ended.err = content(folder_ / "command.err");
    return ended;
  }
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  [[nodiscard]] pid_t spawn(std::vector<std::string> words, const std::string& input, const std::string& name) const {
    words.insert(words.begin(), program().string());
    words.insert(words.end(), {"--data-dir", data().string()});
    const auto path = [&](const char* end) { return (folder_ / (name + end)).string(); };
    std::ofstream(path(".in")) << input;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const std::string in = path(".in");
    const std::string out = path(".out");
    const std::string err = path(".err");
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(::open(in.c_str(), O_RDONLY), STDIN_FILENO);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }

  std::filesystem::path folder_;
  std::uint16_t port_ = free_port();
  pid_t process_ = 0;
};

class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(program())) GTEST_SKIP() << "lanekeeper-server is not built beside this test";
  }

  // Asks, is approved on the server's command line, and fetches its certificate.
  static net::TlsIdentity enrol(const Installation& store, protocol::DeviceKind kind, int till = 0) {
    SystemRandom random;
    const auto key = journal::SigningKey::generate(random);
    net::HttpsClient client(store.endpoint(), {});
    protocol::EnrolmentRequest wish{kind, "test-device", net::make_csr(key, "test-device"), "test"};
    const auto asked = client.send(request("POST", "/v1/enrolments", "", json::encode(wish)));
    EXPECT_EQ(outcome(asked), "201");
    const auto ticket = json::decode<protocol::EnrolmentTicket>(asked.value().body).value();
    std::vector<std::string> words = {"approve", ticket.code};
    if (till != 0) words.insert(words.end(), {"--till", std::to_string(till)});
    const Ended approved = store.command(words);
    EXPECT_EQ(approved.status, 0) << approved.err;
    auto poll = request("GET", "/v1/enrolments/" + ticket.enrolment_id);
    poll.headers = {{"X-Poll-Secret", ticket.poll_secret}};
    const auto status = json::decode<protocol::EnrolmentStatus>(client.send(poll).value().body).value();
    EXPECT_EQ(status.state, protocol::EnrolmentState::approved);
    return {status.ca_pem.value_or(""), status.certificate_pem.value_or(""), net::to_pkcs8_pem(key)};
  }
};

TEST_F(ProgramTest, AShopOpensFromNothing) {
  Installation store;
  ASSERT_TRUE(store.start()) << store.log();
  for (const char* name : {"ca.key", "server.key", "signing.key", "ca.pem", "server.pem"}) {
    EXPECT_EQ(mode_of(store.data() / "keys" / name), 0600) << name;
  }
  EXPECT_EQ(mode_of(store.data() / "keys"), 0700);
  EXPECT_EQ(mode_of(store.data() / "admin"), 0700);
  EXPECT_EQ(mode_of(store.data() / "admin" / "admin.sock"), 0600);
  EXPECT_EQ(mode_of(store.data() / "log"), 0700);

  // The first manager gets a password that nobody could know; once.
  const Ended first = store.command({"init", "--manager-number", "8001", "--manager-name", "王店长"});
  ASSERT_EQ(first.status, 0) << first.err;
  const auto told = json::parse(first.out).value();
  const std::string password = told.at("password");
  EXPECT_EQ(password.size(), 14u);
  const Ended again = store.command({"init"});
  EXPECT_EQ(again.status, 1);
  EXPECT_NE(again.err.find("init.has_staff"), std::string::npos);

  const auto office = enrol(store, protocol::DeviceKind::backoffice);
  net::HttpsClient client(store.endpoint(), office);
  const auto session =
      client.send(request("POST", "/v1/sessions", "", json::encode(protocol::SignIn{"8001", password})));
  ASSERT_EQ(outcome(session), "201");
  const std::string token = json::decode<protocol::Session>(session->body)->token;
  EXPECT_EQ(outcome(client.send(request("GET", "/v1/devices", token))), "200");

  // A store that is made now wants shifts; how its tills behave can be changed while it runs.
  const auto policy = [&](const std::vector<std::string>& words) {
    auto command = std::vector<std::string>{"till-policy"};
    command.insert(command.end(), words.begin(), words.end());
    const Ended ended = store.command(command);
    EXPECT_EQ(ended.status, 0) << ended.err;
    return json::decode<protocol::TillPolicy>(ended.out).value_or(protocol::TillPolicy{});
  };
  EXPECT_TRUE(policy({}).shifts_required);
  const auto changed = policy({"--no-shifts", "--usual-float", "500.00", "--pick-up-at", "3000.00", "--add-method",
                               "meal_card", "餐卡", "--no-reference"});
  EXPECT_FALSE(changed.shifts_required);
  EXPECT_EQ(changed.usual_float, Money::of_minor(500'00));
  ASSERT_EQ(changed.methods.size(), 1U);
  EXPECT_FALSE(changed.methods.front().needs_reference);
  EXPECT_EQ(policy({}), changed);
  EXPECT_TRUE(policy({"--remove-method", "meal_card", "--pick-up-at", "0.00"}).methods.empty());
  const Ended badge = store.command({"staff", "badge", "8001"});
  ASSERT_EQ(badge.status, 0) << badge.err;
  EXPECT_EQ(json::parse(badge.out)->at("code").get<std::string>().size(), 20U);
  EXPECT_EQ(store.command({"staff", "badge", "8001", "--remove"}).status, 0);
  // Staff who are members.
  const auto members = store.data().parent_path() / "members.csv";
  std::ofstream(members) << "卡号,姓名\n880001,王小明\n";
  EXPECT_EQ(store.command({"members", "import", members.string()}).status, 0);
  const Ended member = store.command({"staff", "member", "--number", "8001", "--member", "880001"});
  ASSERT_EQ(member.status, 0) << member.err;
  EXPECT_EQ(json::parse(member.out)->at("member").at("name"), "王*");
  EXPECT_NE(store.command({"staff", "member", "--number", "8001", "--member", "9"}).err.find("member.not_found"),
            std::string::npos);
  EXPECT_EQ(store.command({"staff", "member", "--number", "8001", "--none"}).status, 0);
  EXPECT_NE(store.command({"staff", "member", "--number", "8001"}).status, 0) << "neither a card nor none";
  EXPECT_NE(store.command({"receipt-template", "set", "sale", "en", "--remove"}).err.find("settings.no_template"),
            std::string::npos);

  // People, with the password from standard input.
  EXPECT_EQ(
      store
          .command({"staff", "add", "--number", "8002", "--name", "李会计", "--role", "accountant", "--password", "-"},
                   "long-enough-9\n")
          .status,
      0);
  const Ended weak = store.command({"staff", "add", "--number", "8003", "--name", "X", "--pin", "1234"});
  EXPECT_EQ(weak.status, 1);
  EXPECT_NE(weak.err.find("access.weak_pin"), std::string::npos);
  EXPECT_EQ(store.command({"staff", "add", "--number", "8004", "--name", "X", "--role", "king"}).status, 1);
  EXPECT_EQ(store.command({"doctor"}).status, 0) << store.command({"doctor"}).out;

  // What past sales would have cost is asked beside the running server.
  const auto rerate = [&](const char* version, const char* to) {
    return store.command({"promotions", "rerate", "--version", version, "--from", "2026-11-01", "--to", to});
  };
  EXPECT_EQ(rerate("0", "2026-11-30").status, 0);
  EXPECT_NE(rerate("0", "2026-11-30").out.find("owed to customers 0.00\n"), std::string::npos);
  EXPECT_NE(rerate("0", "2026-11-30").err.find("0 of 0 sales"), std::string::npos);
  EXPECT_NE(rerate("9", "2026-11-30").err.find("promotion.no_version"), std::string::npos);
  EXPECT_NE(rerate("0", "2026-10-30").err.find("rerating.bad_period"), std::string::npos);

  // Nothing secret stands in the log.
  const std::string log = content(store.data() / "log" / "server.log");
  for (const std::string& secret : {password, token, std::string("long-enough-9"),
                                    content(store.data() / "database" / "database.password").substr(0, 16)}) {
    EXPECT_EQ(log.find(secret), std::string::npos);
  }
  // Every line of it is an object.
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) EXPECT_TRUE(json::parse(line)) << line;

  // A second server does not touch the first one's store.
  const Ended second = store.command({"serve", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.status, 1);
  EXPECT_NE(second.err.find("files.in_use"), std::string::npos);

  const std::string ca = content(store.data() / "keys" / "ca.pem");
  EXPECT_EQ(store.stop(), 0) << store.log();
  EXPECT_FALSE(std::filesystem::exists(store.data() / "admin" / "admin.sock"));

  // The next day everything is there again.
  ASSERT_TRUE(store.start()) << store.log();
  EXPECT_EQ(content(store.data() / "keys" / "ca.pem"), ca);
  EXPECT_EQ(outcome(client.send(request("GET", "/v1/store"))), "200");
  EXPECT_EQ(store.stop(SIGINT), 0);
}

TEST_F(ProgramTest, CommandsSayWhenNoServerRuns) {
  Installation store;
  const Ended approve = store.command({"approve", "123456"});
  EXPECT_EQ(approve.status, 1);
  EXPECT_NE(approve.err.find("admin.not_running"), std::string::npos);
  EXPECT_EQ(store.command({"database-info"}).status, 1);
  EXPECT_NE(store.command({"doctor"}).status, 0);
  EXPECT_NE(store.command({"serve", "--database", "nonsense"}).status, 0);
  EXPECT_NE(store.command({"frobnicate"}).status, 0);
  EXPECT_EQ(store.command({"--version"}).out, LANEKEEPER_VERSION "\n");
  // What needs no running server works without one, and the server finds it later.
  const Ended init = store.command({"init", "--password", "-"}, "a-good-password-1\n");
  EXPECT_EQ(init.status, 0) << init.err;
  EXPECT_EQ(init.out.find("password"), std::string::npos);
  EXPECT_EQ(store.command({"migrate"}).status, 0);
}

TEST_F(ProgramTest, TheDeathOfTheDatabaseIsSurvived) {
  Installation store;
  ASSERT_TRUE(store.start()) << store.log();
  const auto identity = enrol(store, protocol::DeviceKind::till, 7);
  net::HttpsClient till(store.endpoint(), identity);
  ASSERT_EQ(outcome(till.send(request("GET", "/v1/store"))), "200");
  for (int round = 0; round < 3; ++round) {
    const std::string pid = content(store.data() / "database" / "database.lock");
    ASSERT_FALSE(pid.empty());
    ASSERT_EQ(::kill(std::stoi(pid), SIGKILL), 0);
    bool refused = false;
    ASSERT_TRUE(eventually(
        [&] {
          const std::string result = outcome(till.send(request("GET", "/v1/store")));
          if (result != "200") {
            EXPECT_EQ(result, "503 db.unavailable");
            refused = true;
          }
          return refused && result == "200";
        },
        60s));
  }
  EXPECT_EQ(store.stop(), 0) << store.log();
}

TEST_F(ProgramTest, SigtermFinishesWhatRuns) {
  Installation store;
  ASSERT_TRUE(store.start()) << store.log();
  const auto identity = enrol(store, protocol::DeviceKind::till, 7);
  RawClient busy(store.endpoint(), identity);
  busy.write("POST /v1/journal HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n{\"entries\"");
  net::HttpsClient other(store.endpoint(), identity);
  ASSERT_EQ(outcome(other.send(request("GET", "/v1/store"))), "200");
  ::kill(store.process(), SIGTERM);
  ASSERT_TRUE(eventually([&] { return outcome(other.send(request("GET", "/v1/health"))) == "net.unreachable"; }, 10s));
  busy.write(":[]}");
  const std::string answer = busy.read();
  EXPECT_NE(answer.find("journal.empty"), std::string::npos) << answer;
  EXPECT_EQ(store.stop(), 0) << store.log();
}

}  // namespace
}  // namespace lanekeeper

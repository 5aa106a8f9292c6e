// lanekeeper-server: the store server.
//
//   lanekeeper-server                       serves (first start: makes keys, database and store)
//   lanekeeper-server init --name 惠民生鲜  makes the store and its first manager; prints the password once
//   lanekeeper-server approve 123456 --till 3
//   lanekeeper-server staff add --number 1001 --name 王芳 --role manager --password -
//   lanekeeper-server staff badge 1015
//   lanekeeper-server staff member --number 1027 --member 8001
//   lanekeeper-server promotions ... | members ... | recalls ... | till-policy ... | receipt-template ...
//   lanekeeper-server import goods.xlsx | audit | migrate | doctor | database-info
//
// Settings may also stand in a TOML file (--config): the long names of the options below.

#include <iostream>

#include <CLI/CLI.hpp>

#include "program/commands.h"
#include "program/logging.h"
#include "program/member_words.h"
#include "program/options.h"
#include "program/rerate.h"
#include "program/store_server.h"
#include "program/till_commands.h"

namespace {

using lanekeeper::json::Value;
using lanekeeper::server::Options;
using lanekeeper::server::Where;

// Secrets are better not seen in the list of processes: "-" reads a line from standard input.
std::string secret(const std::string& given) {
  if (given != "-") return given;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

struct StaffWords {
  std::string number;
  std::string name;
  std::string role = "cashier";
  std::string pin;
  std::string password;

  [[nodiscard]] Value request(const char* command) const {
    Value value = {{"command", command}, {"number", number}, {"name", name}, {"role", role}};
    if (!pin.empty()) value["pin"] = secret(pin);
    if (!password.empty()) value["password"] = secret(password);
    return value;
  }
};

void add_common_options(CLI::App& app, Options& options) {
  app.set_config("--config", "", "Read settings from a TOML file");
  app.add_option("--data-dir", options.data_dir, "Where keys, database and logs live")->capture_default_str();
  app.add_option("--listen", options.listen, "Address and port for tills and offices")->capture_default_str();
  app.add_option("--database", options.database, "managed, or mysql://user:password@host:port/schema");
  app.add_option("--database-program", options.database_program, "mariadbd or mysqld of a managed database");
  app.add_option("--database-connections", options.database_connections, "Database connections")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--io-threads", options.io_threads, "Threads for the network")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  app.add_option("--log-level", options.log_level, "trace, debug, info, warn, error")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error"}))
      ->capture_default_str();
  app.add_option("--metrics-token", options.metrics_token,
                 "File with the token that a scraper of /metrics shows; made when it is not there");
  app.add_option("--name", options.store_name, "The store's name, used at the first start");
}

Value promotion_words(std::string_view act) {
  return {{"command", "promotions"}, {"do", act}};
}

// promotions publish FILE | check FILE | list | show N | restore N | rerate --version N --from DATE --to DATE
void add_promotion_commands(CLI::App& app, const Options& options, int& status) {
  struct Words {
    std::string file;
    std::string note;
    std::string effective_at;
    std::int64_t version = 0;
    lanekeeper::server::RerateWords rerate;
  };
  const auto words = std::make_shared<Words>();
  auto* const promotions = app.add_subcommand("promotions", "Promotions: publish, check, list, show, restore, rerate");
  promotions->fallthrough()->require_subcommand(1);
  const auto add = [&](const std::string& name, const std::string& what) {
    auto* const command = promotions->add_subcommand(name, what);
    command->fallthrough();
    return command;
  };
  const auto run = [&options, &status](const Value& request) {
    lanekeeper::server::start_plain_logging();
    status = lanekeeper::server::run_administration(options, request, Where::anywhere);
  };

  auto* const publish = add("publish", "Make a file of definitions (docs/promotions.md) the store's promotions");
  publish->add_option("file", words->file)->required()->check(CLI::ExistingFile);
  publish->add_option("--note", words->note, "Why, for the list of versions");
  publish->add_option("--from", words->effective_at, "In force from, as 2026-12-01T00:00:00+08:00; without it at once");
  publish->callback([words, run] {
    auto request = promotion_words("publish");
    request["file"] = std::filesystem::absolute(words->file).string();
    request["note"] = words->note;
    if (!words->effective_at.empty()) request["effective_at"] = words->effective_at;
    run(request);
  });
  auto* const check = add("check", "Say what is wrong with a file of definitions, and publish nothing");
  check->add_option("file", words->file)->required()->check(CLI::ExistingFile);
  check->callback([words, run] {
    auto request = promotion_words("check");
    request["file"] = std::filesystem::absolute(words->file).string();
    request["note"] = "";
    run(request);
  });
  add("list", "The versions, newest first")->callback([run] { run(promotion_words("list")); });
  for (const auto& [name, what] : {std::pair("show", "One version with its definitions"),
                                   std::pair("restore", "Publish an earlier version once more")}) {
    auto* const command = add(name, what);
    command->add_option("version", words->version)->required();
    command->callback([words, run, act = std::string(name)] {
      auto request = promotion_words(act);
      request["version"] = words->version;
      run(request);
    });
  }
  auto* const rerate = add("rerate", "Say what past sales would have cost under another version");
  rerate->add_option("--version", words->rerate.version, "0: without promotions")->required();
  rerate->add_option("--from", words->rerate.from, "First business date, as 2026-11-01")->required();
  rerate->add_option("--to", words->rerate.to, "Last business date")->required();
  rerate->add_option("--csv", words->rerate.csv, "Write the sales that differ to this file");
  rerate->callback([words, &options, &status] {
    lanekeeper::server::start_plain_logging();
    status = lanekeeper::server::run_rerate(options, words->rerate);
  });
}

}  // namespace

int main(int argc, char** argv) {
  namespace server = lanekeeper::server;
  Options options;
  options.data_dir = server::default_data_dir();
  int status = 0;

  CLI::App app("The store server of Lanekeeper", "lanekeeper-server");
  app.set_version_flag("--version", LANEKEEPER_VERSION);
  app.fallthrough();
  app.require_subcommand(0, 1);
  add_common_options(app, options);

  auto* const serve = app.add_subcommand("serve", "Serve tills and offices (the default)");
  serve->fallthrough();
  for (CLI::App* const place : {&app, serve}) {
    place->add_option("--load-demo", options.demo_dir, "Fill an empty store from this folder");
  }

  StaffWords first{"1001", "店长", "manager", "", ""};
  auto* const init = app.add_subcommand("init", "Make the store and its first manager");
  init->fallthrough();
  init->add_option("--manager-number", first.number)->capture_default_str();
  init->add_option("--manager-name", first.name)->capture_default_str();
  init->add_option("--password", first.password, "- reads it from standard input; without it one is made up");
  init->add_option("--pin", first.pin, "To ring sales at tills as well; - reads it from standard input");
  bool shifts = true;
  init->add_flag("--shifts,!--no-shifts", shifts, "Nothing is sold before a shift is open (the default)");
  init->callback([&] {
    server::start_plain_logging();
    auto request = first.request("init");
    request["shifts_required"] = shifts;
    status = server::run_administration(options, request, Where::anywhere);
  });

  std::string code;
  std::int64_t till = 0;
  bool replace = false;
  auto* const approve = app.add_subcommand("approve", "Admit the device that shows this code");
  approve->fallthrough();
  approve->add_option("code", code, "Six digits")->required();
  approve->add_option("--till", till, "The number that a till gets")->check(CLI::Range(1, 9999));
  approve->add_flag("--replace", replace, "Take the number over from the device that has it");
  approve->callback([&] {
    Value request = {{"command", "approve"}, {"code", code}, {"replace", replace}};
    if (till != 0) request["till"] = till;
    status = server::run_administration(options, request, Where::running_server);
  });

  StaffWords added;
  auto* const staff = app.add_subcommand("staff", "People");
  staff->fallthrough()->require_subcommand(1);
  auto* const add = staff->add_subcommand("add", "Add a person");
  add->fallthrough();
  add->add_option("--number", added.number)->required();
  // The store's name is an option of the same name; the nearer one counts.
  add->add_option("--name", added.name)->required();
  add->add_option("--role", added.role, "cashier, supervisor, stock_clerk, purchaser, accountant, manager, owner, ...")
      ->capture_default_str();
  add->add_option("--pin", added.pin, "4 to 8 digits; - reads it from standard input");
  add->add_option("--password", added.password, "- reads it from standard input");
  add->callback([&] {
    server::start_plain_logging();
    status = server::run_administration(options, added.request("staff"), Where::anywhere);
  });

  server::add_badge_command(*staff, options, status);
  server::add_staff_member_command(*staff, options, status);

  std::string file;
  auto* const import_goods = app.add_subcommand("import", "Take goods from a CSV or xlsx file");
  import_goods->fallthrough();
  import_goods->add_option("file", file)->required()->check(CLI::ExistingFile);
  import_goods->callback([&] {
    server::start_plain_logging();
    const Value request = {{"command", "import"}, {"file", std::filesystem::absolute(file).string()}};
    status = server::run_administration(options, request, Where::anywhere);
  });

  add_promotion_commands(app, options, status);
  server::add_member_commands(app, options, status);
  server::add_recall_commands(app, options, status);
  server::add_till_commands(app, options, status);

  auto* const info =
      app.add_subcommand("database-info", "How to reach the running server's database, with the password");
  info->fallthrough()->callback([&] {
    status = server::run_administration(options, {{"command", "database-info"}}, Where::running_server);
  });
  app.add_subcommand("migrate", "Bring the schema up to date")->fallthrough()->callback([&] {
    server::start_plain_logging();
    status = server::run_migrate(options);
  });
  app.add_subcommand("audit", "Recompute every balance, total, sequence and chain")->fallthrough()->callback([&] {
    server::start_plain_logging();
    status = server::run_audit(options);
  });
  app.add_subcommand("doctor", "Look for what would stop the store")->fallthrough()->callback([&] {
    server::start_plain_logging();
    status = server::run_doctor(options);
  });

  CLI11_PARSE(app, argc, argv);
  if (app.get_subcommands().empty() || serve->parsed()) status = server::serve(options);
  return status;
}

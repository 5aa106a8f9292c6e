#include "program/member_words.h"

#include <filesystem>
#include <functional>
#include <memory>

#include "program/commands.h"
#include "program/logging.h"

namespace lanekeeper::server {
namespace {

using Run = std::function<void(const json::Value&)>;

Run run_with(const Options& options, int& status) {
  return [&options, &status](const json::Value& request) {
    start_plain_logging();
    status = run_administration(options, request, Where::anywhere);
  };
}

CLI::App* add(CLI::App& to, const std::string& name, const std::string& what) {
  auto* const command = to.add_subcommand(name, what);
  command->fallthrough();
  return command;
}

}  // namespace

void add_member_commands(CLI::App& app, const Options& options, int& status) {
  struct Words {
    std::string file;
    std::string number;
  };
  const auto words = std::make_shared<Words>();
  const auto run = run_with(options, status);
  auto* const members = add(app, "members", "Members: import, list, show");
  members->require_subcommand(1);
  auto* const import = add(*members, "import", "Take members from a CSV file");
  import->add_option("file", words->file)->required()->check(CLI::ExistingFile);
  import->callback([words, run] {
    const auto file = std::filesystem::absolute(words->file).string();
  run({{"command", "members"}, {"do", "import"}, {"file", file}});
});
auto* const list = add(*members, "list", "A thousand of them by number, names masked");
list->add_option("--after", words->number, "Only numbers behind this one");
list->callback([words, run] { run({{"command", "members"}, {"do", "list"}, {"after", words->number}}); });
auto* const show = add(*members, "show", "All that is known of one");
show->add_option("number", words->number)->required();
show->callback([words, run] { run({{"command", "members"}, {"do", "show"}, {"number", words->number}}); });
}  // namespace lanekeeper::server

void add_staff_member_command(CLI::App& staff, const Options& options, int& status) {
  struct Words {
    std::string number;
    std::string card;
    bool none = false;
  };
  const auto words = std::make_shared<Words>();
  const auto run = run_with(options, status);
  auto* const member = add(staff, "member", "As which member a person buys here: nobody rings up their own purchases");
  member->add_option("--number", words->number, "Of the person")->required();
  auto* const card = member->add_option("--member", words->card, "The number of their member's card");
  auto* const none = member->add_flag("--none", words->none, "They are no member, or none any more");
  none->excludes(card);
  member->callback([words, run] {
    if (!words->none && words->card.empty()) throw CLI::RequiredError("--member, or --none,");
    json::Value request = {{"command", "staff-member"}, {"number", words->number}};
    if (!words->none) request["member"] = words->card;
    run(request);
  });
}

void add_recall_commands(CLI::App& app, const Options& options, int& status) {
  struct Words {
    std::string gtin;
    std::string batch;
    std::string note;
  };
  const auto words = std::make_shared<Words>();
  const auto run = run_with(options, status);
  auto* const recalls = add(app, "recalls", "Goods that must not be sold any more: add, lift, list");
  recalls->require_subcommand(1);
  for (const auto& [name, what] :
       {std::pair("add", "Tills refuse it from now on"), std::pair("lift", "It may be sold again")}) {
    auto* const command = add(*recalls, name, what);
    command->add_option("gtin", words->gtin, "8, 12, 13 or 14 digits")->required();
    command->add_option("--batch", words->batch, "Only this batch; without it all of them");
    if (std::string_view(name) == "add") command->add_option("--note", words->note, "Why");
    command->callback([words, run, act = std::string(name)] {
      run({{"command", "recalls"}, {"do", act}, {"gtin", words->gtin}, {"batch", words->batch}, {"note", words->note}});
    });
  }
  add(*recalls, "list", "What is recalled")->callback([run] { run({{"command", "recalls"}, {"do", "list"}}); });
}

}  // namespace lanekeeper::server

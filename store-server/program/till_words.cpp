#include <filesystem>
#include <memory>

#include "program/commands.h"
#include "program/logging.h"
#include "program/till_commands.h"

namespace lanekeeper::server {
namespace {

struct PolicyWords {
  bool shifts = false;
  bool vouchers = false;
  bool badge_signs_in = false;
  std::string usual_float;
  std::string tolerance;
  std::string pick_up_at;
  std::vector<std::string> add_method;  // code, name
  std::string name_en;
  bool no_reference = false;
  bool online_only = false;
  std::string remove_method;
};

json::Value request_of(const PolicyWords& words, const CLI::App& command) {
  json::Value request = {{"command", "till-policy"}};
  if (command.count("--shifts") > 0) request["shifts_required"] = words.shifts;
  if (command.count("--vouchers") > 0) request["vouchers"] = words.vouchers;
  if (command.count("--badge-signs-in") > 0) request["badge_signs_in"] = words.badge_signs_in;
  if (!words.usual_float.empty()) request["usual_float"] = words.usual_float;
  if (!words.tolerance.empty()) request["difference_tolerance"] = words.tolerance;
  if (!words.pick_up_at.empty()) request["pick_up_at"] = words.pick_up_at;
  if (words.add_method.size() == 2) {
    request["add_methods"] = {{{"code", words.add_method[0]},
                               {"name", words.add_method[1]},
                               {"name_en", words.name_en},
                               {"needs_reference", !words.no_reference},
                               {"works_offline", !words.online_only}}};
  }
  if (!words.remove_method.empty()) request["remove_methods"] = {words.remove_method};
  return request;
}

void add_policy_command(CLI::App& app, const Options& options, int& status) {
  const auto words = std::make_shared<PolicyWords>();
  auto* const policy = app.add_subcommand("till-policy", "Show or change how tills behave");
  policy->fallthrough();
  policy->add_flag("--shifts,!--no-shifts", words->shifts, "Nothing is sold before a shift is open");
  policy->add_flag("--vouchers,!--no-vouchers", words->vouchers, "Gift vouchers on paper are taken");
  policy->add_flag("--badge-signs-in,!--badge-and-pin", words->badge_signs_in, "A badge alone signs in at a till");
  policy->add_option("--usual-float", words->usual_float, "Proposed at the opening, as 500.00");
  policy->add_option("--tolerance", words->tolerance, "Over or short up to this needs no signature");
  policy->add_option("--pick-up-at", words->pick_up_at, "Cash from which the till asks for a pick-up; 0.00: never");
  policy->add_option("--add-method", words->add_method, "CODE NAME of a way of paying; an old one of the code goes")
      ->expected(2);
  policy->add_option("--name-en", words->name_en, "English name of the method that is added");
  policy->add_flag("--no-reference", words->no_reference, "It asks for no number of a slip");
  policy->add_flag("--online-only", words->online_only, "It is not taken without the server");
  policy->add_option("--remove-method", words->remove_method, "CODE of the way of paying that goes");
  policy->callback([words, policy, &options, &status] {
    start_plain_logging();
    status = run_administration(options, request_of(*words, *policy), Where::anywhere);
  });
}

}  // namespace

void add_till_commands(CLI::App& app, const Options& options, int& status) {
  add_policy_command(app, options, status);
  struct Words {
    std::string kind;
    std::string language;
    std::string file;
    bool remove = false;
  };
  const auto words = std::make_shared<Words>();
  const auto run = [&options, &status](const json::Value& request) {
    start_plain_logging();
    status = run_administration(options, request, Where::anywhere);
  };
  auto* const templates = app.add_subcommand("receipt-template", "The shop's own receipts: set, list");
  templates->fallthrough()->require_subcommand(1);
  auto* const set = templates->add_subcommand("set", "Take a template from a file, or remove it");
  set->fallthrough();
  set->add_option("kind", words->kind, "sale, gift, return, control, suspend, report")->required();
  set->add_option("language", words->language, "zh_CN, en")->required();
  auto* const file = set->add_option("file", words->file)->check(CLI::ExistingFile);
  set->add_flag("--remove", words->remove, "Back to the built-in one")->excludes(file);
  set->callback([words, run] {
    if (!words->remove && words->file.empty()) throw CLI::RequiredError("file, or --remove,");
    run({{"command", "receipt-template"},
         {"do", words->remove ? "remove" : "set"},
         {"kind", words->kind},
         {"language", words->language},
         {"file", words->file.empty() ? std::string() : std::filesystem::absolute(words->file).string()}});
  });
  auto* const list = templates->add_subcommand("list", "Which the shop has");
  list->fallthrough()->callback([run] { run({{"command", "receipt-template"}, {"do", "list"}}); });
}

void add_badge_command(CLI::App& staff, const Options& options, int& status) {
  struct Words {
    std::string number;
    bool remove = false;
  };
  const auto words = std::make_shared<Words>();
  auto* const badge = staff.add_subcommand("badge", "Give a person a badge; its code is told this once");
  badge->fallthrough();
  badge->add_option("number", words->number)->required();
  badge->add_flag("--remove", words->remove, "The badge opens nothing any more");
  badge->callback([words, &options, &status] {
    start_plain_logging();
    const json::Value request = {{"command", "badge"}, {"number", words->number}, {"remove", words->remove}};
    status = run_administration(options, request, Where::anywhere);
  });
}

}  // namespace lanekeeper::server

#include "console/grammar_words.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "register/entry_text.h"

namespace lanekeeper::till::console {

namespace {

constexpr int longest_wait_s = 24 * 3600;
constexpr int usual_wait_s = 30;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// An unfinished quotation ends with the line.
Words split(std::string_view line) {
  Words words;
  std::size_t i = 0;
  while (i < line.size()) {
    if (is_blank(line[i])) {
      ++i;
      continue;
    }
    std::string word;
    bool quoted = false;
    for (; i < line.size() && (quoted || !is_blank(line[i])); ++i) {
      if (line[i] == '"') {
        quoted = !quoted;
      } else {
        word += line[i];
      }
    }
    words.push_back(std::move(word));
  }
  return words;
}

Parsed parse_login(const Words& words) {
  if (words.size() != 3) return usage(words);
  return Login{words[1], words[2]};
}

Parsed parse_scan_command(const Words& words) {
  if (words.size() < 2 || words.size() > 3) return usage(words);
  Scan scan{words[1], barcode::Symbology::unknown};
  if (words.size() == 3) {
    auto symbology = json::from_value<barcode::Symbology>(json::Value(words[2]));
    if (!symbology) return usage(words);
    scan.symbology = *symbology;
  }
  return till::Command(std::move(scan));
}

Parsed parse_add(const Words& words) {
  const auto id = words.size() == 2 ? whole_number(words[1]) : std::nullopt;
  if (!id) return usage(words);
  return till::Command(AddItem{*id});
}

Parsed parse_quantity(const Words& words) {
  if (words.size() == 2) {
    return command(parse_units(words[1]), [](Quantity units) { return PendingQuantity{units}; });
  }
  const auto line = words.size() == 3 ? whole_number(words[1]) : std::nullopt;
  if (!line) return usage(words);
  return command(parse_units(words[2]), [&line](Quantity units) { return SetLineQuantity{*line, units}; });
}

Parsed parse_weigh(Words words) {
  Weigh weigh;
  if (words.size() > 2 && words.back() == "manual") {
    weigh.source = sale::WeightSource::manual;
    words.pop_back();
  }
  if (words.size() < 2 || words.size() > 3) return usage(words);
  if (words.size() == 3) weigh.code = words[1];
  return command(parse_weight(words.back()), [&weigh](Quantity weight) {
    weigh.weight = weight;
    return weigh;
  });
}

Parsed parse_price(const Words& words) {
  if (words.size() == 2) {
    return command(parse_amount(words[1]), [](Money price) { return EnterPrice{price}; });
  }
  const auto line = words.size() >= 3 ? whole_number(words[1]) : std::nullopt;
  if (!line) return usage(words);
  return command(parse_amount(words[2]), [&](Money price) { return OverridePrice{*line, price, join_from(words, 3)}; });
}

Parsed parse_void(const Words& words) {
  if (words.size() == 1) return VoidSelected{};
  if (words[1] == "receipt" && words.size() >= 4) return VoidReceipt{words[2], join_from(words, 3)};
  if (words.size() != 2) return usage(words);
  if (words[1] == "all") return till::Command(VoidBasket{});
  const auto line = whole_number(words[1]);
  if (!line) return usage(words);
  return till::Command(VoidLine{*line});
}

Parsed parse_select(const Words& words) {
  const auto line = words.size() == 2 ? whole_number(words[1]) : std::nullopt;
  if (!line) return usage(words);
  return till::Command(SelectLine{*line});
}

Parsed parse_tender(const Words& words) {
  if (words.size() < 3 || words[1] != "cash") return usage(words);
  auto reason = words.size() > 3 ? join_from(words, 3) : std::string();
  return command(parse_amount(words[2]), [&](Money amount) { return TenderCash{amount, std::move(reason)}; });
}

Parsed parse_untender(const Words& words) {
  const auto index = words.size() == 2 ? whole_number(words[1]) : std::nullopt;
  if (!index || *index < 1) return usage(words);
  return till::Command(VoidTender{static_cast<std::size_t>(*index - 1)});
}

Parsed parse_confirm_age(const Words& words) {
  if (words.size() != 2 || (words[1] != "yes" && words[1] != "no")) return usage(words);
  return till::Command(ConfirmAge{words[1] == "yes"});
}

Parsed parse_member(const Words& words) {
  if (words.size() < 2) return usage(words);
  if (words.size() == 2 && words[1] == off) return till::Command(IdentifyMember{});
  return Member{join_from(words, 1)};
}

Parsed parse_coupon(const Words& words) {
  if (words.size() == 3 && words[1] == off) return till::Command(RemoveCoupon{words[2]});
  if (words.size() != 2) return usage(words);
  return PresentCoupon{words[1]};
}

// "10%", "5.00" or "off"; both parts empty: off.
struct DiscountValue {
  std::optional<Money> amount;
  std::optional<Rate> percent;
};
Result<DiscountValue> parse_discount_value(std::string_view text) {
  DiscountValue value;
  if (text == off) return value;
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    auto percent = Rate::parse_percent(text);
    if (!percent) return fail(std::move(percent.error()));
    value.percent = *percent;
  } else {
    auto amount = parse_amount(text);
    if (!amount) return fail(std::move(amount.error()));
    value.amount = *amount;
  }
  return value;
}

Parsed parse_discount(const Words& words) {
  if (words.size() < 2) return usage(words);
  // A whole number may be a line or an amount: it is a line when a value follows.
  const auto line = words.size() > 2 ? whole_number(words[1]) : std::nullopt;
  const bool of_line = line && parse_discount_value(words[2]);
  const std::size_t at = of_line ? 2 : 1;
  const auto reason = join_from(words, at + 1);
  return command(parse_discount_value(words[at]), [&](const DiscountValue& value) -> till::Command {
    if (of_line) return DiscountLine{*line, value.amount, value.percent, reason};
    return DiscountBasket{value.amount, value.percent, reason};
  });
}

Parsed parse_return(const Words& words) {
  if (words.size() != 2) return usage(words);
  return BringBack{words[1]};
}

Parsed parse_take(Words words) {
  Take take;
  const Words as_written = words;
  if (const auto why = std::find(words.begin(), words.end(), "because"); why != words.end()) {
    take.reason = join_from(words, static_cast<std::size_t>(why - words.begin()) + 1);
    words.erase(why, words.end());
  }
  if (words.size() > 2) {
    take.to = destination(words.back());
    if (take.to) words.pop_back();
  }
  const auto line = words.size() == 2 || words.size() == 3 ? whole_number(words[1]) : std::nullopt;
  if (!line) return usage(as_written);
  take.line = *line;
  if (words.size() == 2) return take;
  const bool weight = words[2].find('.') != std::string::npos;
  auto quantity = weight ? parse_weight(words[2]) : parse_units(words[2]);
  if (!quantity) return fail(std::move(quantity.error()));
  take.quantity = *quantity;
  return take;
}

template <class T>
Parsed parse_receipt(const Words& words) {
  if (words.size() == 1) return T{};
  const auto number = words.size() == 2 ? whole_number(words[1]) : std::nullopt;
  if (!number || *number == 0) return usage(words);
  return T{*number};
}

Parsed parse_note(const Words& words) {
  if (words.size() < 2) return usage(words);
  const auto line = words.size() > 2 ? whole_number(words[1]) : std::nullopt;
  auto text = join_from(words, line ? 2 : 1);
  if (text == off) text.clear();
  if (line) return till::Command(NoteLine{*line, std::move(text)});
  return till::Command(NoteBasket{std::move(text)});
}

Parsed parse_blind(const Words& words) {
  if (words.size() < 2) return usage(words);
  return till::Command(BeginBlindReturn{join_from(words, 1)});
}

Parsed parse_bring(const Words& words) {
  if (words.size() != 2 || words[1] != "back") return usage(words);
  return till::Command(SellInReturn{false});
}

Parsed parse_search(const Words& words) {
  if (words.size() < 2) return usage(words);
  return Search{join_from(words, 1)};
}

Parsed parse_check(const Words& words) {
  if (words.size() != 2) return usage(words);
  return CheckPrice{words[1]};
}

std::optional<int> seconds_in(const Words& words, std::size_t at) {
  if (words.size() == at) return usual_wait_s;
  const auto seconds = words.size() == at + 1 ? whole_number(words[at]) : std::nullopt;
  if (!seconds || *seconds > longest_wait_s) return std::nullopt;
  return static_cast<int>(*seconds);
}

Parsed parse_sync(const Words& words) {
  const auto seconds = seconds_in(words, 1);
  if (!seconds) return usage(words);
  return Sync{*seconds};
}

Parsed parse_wait(const Words& words) {
  using For = Wait::For;
  static const std::map<std::string_view, For> conditions = {{"paired", For::paired},
                                                             {"online", For::online},
                                                             {"offline", For::offline},
                                                             {"catalogue", For::catalogue},
                                                             {"delivered", For::delivered}};
  const auto what = words.size() > 1 ? conditions.find(words[1]) : conditions.end();
  if (what == conditions.end()) return usage(words);
  const auto seconds = seconds_in(words, 2);
  if (!seconds) return usage(words);
  return Wait{what->second, *seconds};
}

Parsed parse_clock(const Words& words) {
  if (words.size() != 2) return usage(words);
  auto now = ZonedTime::parse(words[1]);
  if (!now) return fail(std::move(now.error()));
  return SetClock{*now};
}

Parsed parse_language(const Words& words) {
  if (words.size() != 2 || (words[1] != "zh" && words[1] != "en")) return usage(words);
  return SetLanguage{words[1] == "en" ? i18n::Language::en : i18n::Language::zh_CN};
}

Parsed parse_server(const Words& words) {
  if (words.size() != 2) return usage(words);
  return UseServer{words[1]};
}

constexpr Rule rules[] = {
    {"help", "help", "console.help.help", plain<Help>},
    {"status", "status", "console.help.status", plain<Status>},
    {"login", "login NUMBER PIN", "console.help.login", parse_login},
    {"logout", "logout", "console.help.logout", plain<SignOut>},
    {"scan", "scan CODE [SYMBOLOGY]", "console.help.scan", parse_scan_command},
    {"add", "add ITEM_ID", "console.help.add", parse_add},
    {"quantity", "quantity N | quantity LINE N", "console.help.quantity", parse_quantity},
    {"weigh", "weigh [CODE] KG [manual]", "console.help.weigh", [](const Words& words) { return parse_weigh(words); }},
    {"price", "price LINE AMOUNT [REASON] | price AMOUNT", "console.help.price", parse_price},
    {"void", "void [LINE | all] | void receipt RECEIPT REASON", "console.help.void", parse_void},
    {"select", "select LINE", "console.help.select", parse_select},
    {"member", "member CODE | member off", "console.help.member", parse_member},
    {"coupon", "coupon CODE | coupon off CODE", "console.help.coupon", parse_coupon},
    {"discount", "discount [LINE] 10%|5.00|off [REASON]", "console.help.discount", parse_discount},
    {"return", "return RECEIPT", "console.help.return", parse_return},
    {"take", "take LINE [QUANTITY] [stock|waste|supplier] [because REASON]", "console.help.take",
     [](const Words& words) { return parse_take(words); }},
    {"confirm-age", "confirm-age yes|no", "console.help.confirm_age", parse_confirm_age},
    {"dismiss", "dismiss", "console.help.dismiss", plain<Dismiss>},
    {"basket", "basket", "console.help.basket", plain<ShowBasket>},
    {"search", "search TEXT", "console.help.search", parse_search},
    {"check", "check CODE", "console.help.check", parse_check},
    {"total", "total", "console.help.total", plain<BeginTender>},
    {"back", "back", "console.help.back", plain<BackToSale>},
    {"tender", "tender cash AMOUNT [REASON]", "console.help.tender", parse_tender},
    {"untender", "untender INDEX", "console.help.untender", parse_untender},
    {"reprint", "reprint [NUMBER]", "console.help.reprint", parse_receipt<Reprint>},
    {"gift", "gift [NUMBER]", "console.help.gift", parse_receipt<GiftReceipt>},
    {"note", "note [LINE] TEXT|off", "console.help.note", parse_note},
    {"blind", "blind REASON", "console.help.blind", parse_blind},
    {"sell", "sell", "console.help.sell", plain<SellInReturn>},
    {"bring", "bring back", "console.help.bring", parse_bring},
    {"sync", "sync [SECONDS]", "console.help.sync", parse_sync},
    {"wait", "wait paired|online|offline|catalogue|delivered [SECONDS]", "console.help.wait", parse_wait},
    {"reconnect", "reconnect", "console.help.reconnect", plain<Reconnect>},
    {"server", "server HOST:PORT", "console.help.server", parse_server},
    {"new-code", "new-code", "console.help.new_code", plain<NewPairingCode>},
    {"clock", "clock TIMESTAMP", "console.help.clock", parse_clock},
    {"language", "language zh|en", "console.help.language", parse_language},
    {"quit", "quit", "console.help.quit", plain<Quit>},
};

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> all = [] {
    std::vector<Rule> out(std::begin(rules), std::end(rules));
    for (const auto* more : {&cash_rules(), &desk_rules()}) out.insert(out.end(), more->begin(), more->end());
    return out;
  }();
  return all;
}

const Rule* rule_of(std::string_view name) {
  const auto& all = all_rules();
  const auto rule = std::find_if(all.begin(), all.end(), [name](const Rule& r) { return r.name == name; });
  return rule == all.end() ? nullptr : &*rule;
}

}  // namespace

std::string join_from(const Words& words, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (!text.empty()) text += ' ';
    text += words[i];
  }
  return text;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

tl::unexpected<Error> usage(const Words& words) {
  const Rule* rule = rule_of(words.front());
  return fail("console.usage", "The command is written differently. See its usage.",
              {{"usage", std::string(rule == nullptr ? std::string_view() : rule->usage)}});
}

Result<ConsoleCommand> parse_line(std::string_view line) {
  if (!is_valid_utf8(line) || line.find('\0') != std::string_view::npos) {
    return fail("console.not_text", "A command is one line of UTF-8 text.");
  }
  const Words words = split(line);
  if (words.empty()) return fail("console.empty", "The line is empty. Try: help");
  const Rule* rule = rule_of(words.front());
  if (rule == nullptr) {
    return fail("console.unknown_command", "There is no such command. Try: help",
                {{"command", truncate_to_width(sanitize_utf8(words.front()), 60)}});
  }
  return rule->parse(words);
}

const std::vector<CommandHelp>& all_commands() {
  static const std::vector<CommandHelp> commands = [] {
    std::vector<CommandHelp> out;
    for (const auto& rule : all_rules()) out.push_back({rule.usage, rule.key});
    return out;
  }();
  return commands;
}

}  // namespace lanekeeper::till::console

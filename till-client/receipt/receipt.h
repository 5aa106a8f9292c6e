// What the customer holds: a completed sale as ESC/POS bytes, by the shop's template or the built-in one. Pure.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "i18n/i18n.h"
#include "protocol/messages.h"
#include "receipt/identity.h"
#include "receipt/paper_encoder.h"
#include "receipt_template/built_in.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::till {

struct ReceiptStore {  // from the store profile; empty lines are left out
  std::string name;
  std::string address;
  std::string phone;
  std::vector<std::string> footer;
  std::vector<protocol::TenderMethod> methods = {};  // the store's own ways of paying, for their names
  // The shop's own templates of one language, instead of the built-in ones.
  struct OwnTemplate {
    receipt_template::Kind kind;
    receipt_template::ReceiptTemplate read;
    bool marks_duplicates = false;  // it says itself where a duplicate or an exercise is marked
    bool marks_training = false;
  };
  std::vector<OwnTemplate> templates = {};
};
// Templates that cannot be read are left out: the built-in ones print then.
[[nodiscard]] ReceiptStore receipt_store(const protocol::StoreProfile& profile, i18n::Language language);

// What is wrong with the shop's own templates, receipt.bad_template: kind, language, line, column, problem (a code of
// receipt_template.h, or template.kind), reason (the same in words). Empty: all print.
[[nodiscard]] std::vector<Error> template_errors(const protocol::StoreProfile& profile, const i18n::Texts& texts);

enum class ReceiptKind {
  original,
  duplicate,
  gift,  // what was bought, without prices
};

struct ReceiptPaper {
  int columns = 48;  // 32 on 58 mm; 42 or 48 on 80 mm
  PaperEncoding encoding = {};
};

// Voided lines are not printed. Whatever a shop's template says, a duplicate and an exercise are marked, and the paper
// is cut.
[[nodiscard]] std::string receipt_bytes(const sale::RetailTransaction& sale, const ReceiptStore& store,
                                        const i18n::Texts& texts, ReceiptKind kind, const ReceiptPaper& paper = {});

// Ahead of a receipt that is printed again because the one before it stayed incomplete (ReceiptPrinter).
[[nodiscard]] std::string replacement_heading(const i18n::Texts& texts, const ReceiptPaper& paper = {});

}  // namespace lanekeeper::till

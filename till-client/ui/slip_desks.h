// Small panels of the sale screen: a note on a line or the receipt, receipts again, goods that come back without a
// receipt.
#pragma once

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

class NoteDesk : public DeskPart {
 public:
  using DeskPart::DeskPart;
  void begin(std::int64_t line);  // 0: of the receipt
  [[nodiscard]] std::int64_t line() const { return open_ ? line_ : 0; }

  [[nodiscard]] bool open() const override { return open_; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::note; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;

 private:
  bool open_ = false;
  std::int64_t line_ = 0;
};

class ReprintDesk : public DeskPart {
 public:
  using DeskPart::DeskPart;
  void begin();

  [[nodiscard]] bool open() const override { return open_; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::reprint; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  bool act(Action action) override;

 private:
  void print(bool gift);
  bool open_ = false;
};

// Why goods without a receipt come back, and where they go.
struct BlindReturnTerms {
  int reason = 0;
  sale::ReturnedTo to = sale::ReturnedTo::stock;
};
class BlindReturnDesk : public ChoosingPart<BlindReturnTerms> {
 public:
  using ChoosingPart::ChoosingPart;
  void begin();

  [[nodiscard]] bool open() const override { return open_; }
  void close() override { open_ = false; }
  [[nodiscard]] Place place() const override { return Place::blind_return; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  void choose(int digit) override;

 private:
  bool open_ = false;
};

// Why a whole sale is made undone; a digit of void_reason_list.
class VoidReceiptDesk : public ChoosingPart<int> {
 public:
  // `make_undone` is asked with the code of the reason.
  VoidReceiptDesk(DeskHand& hand, std::function<void(const std::string& reason)> make_undone)
      : ChoosingPart(hand), make_undone_(std::move(make_undone)) {}
  void begin();

  [[nodiscard]] bool open() const override { return open_; }
  void close() override { open_ = false; }
  [[nodiscard]] Place place() const override { return Place::void_receipt; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  void choose(int digit) override;

 private:
  std::function<void(const std::string&)> make_undone_;
  bool open_ = false;
};

}  // namespace lanekeeper::till::ui

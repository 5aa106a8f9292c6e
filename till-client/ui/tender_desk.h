// Ways of paying besides cash, and of giving money back by the way it came: bank cards at a terminal that stands alone,
// vouchers, the store's own.
#pragma once

#include <vector>

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

// The text that names a way of paying; the store's own has a name of its own.
[[nodiscard]] Words tender_words(const Lane& lane, sale::TenderKind kind, const std::optional<std::string>& method);

class TenderDesk : public ChoosingPart<int> {
 public:
  using ChoosingPart::ChoosingPart;
  void begin_card() { begin(sale::TenderKind::card, std::nullopt); }
  void begin_more();  // the choice of the others
  // Where the money of a return may go besides cash; without keys.
  [[nodiscard]] PanelModel refund_ways() const;

  [[nodiscard]] bool open() const override { return step_ != Step::none; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::tender_part; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  bool act(Action action) override;
  void cancel() override;
  bool scan(const DetectedScan& scan) override;
  void choose(int digit) override;
  void move(int step) override;
  void press_row(std::size_t index) override;
  [[nodiscard]] sale::TenderKind kind() const { return kind_; }
  [[nodiscard]] bool choosing() const { return step_ == Step::choose; }

 private:
  enum class Step { none, choose, amount, reference };
  struct Way {
    sale::TenderKind kind;
    std::optional<std::string> method;
  };
  void begin(sale::TenderKind kind, std::optional<std::string> method);
  [[nodiscard]] std::vector<Way> ways() const;  // behind "more"
  [[nodiscard]] bool refunding() const;
  // What may be paid, or given back, by this way.
  [[nodiscard]] Money most(sale::TenderKind kind, const std::optional<std::string>& method) const;
  [[nodiscard]] bool wants_reference() const;
  void take_amount(const std::string& text);
  void pay();

  Step step_ = Step::none;
  sale::TenderKind kind_ = sale::TenderKind::card;
  std::optional<std::string> method_;
  Money amount_;
  std::string reference_;
};

}  // namespace lanekeeper::till::ui

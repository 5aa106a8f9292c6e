// Small panels about goods that come back: a sale whose receipt is not at hand, and how many come back of a line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

// Looks for a sale by a member's card or phone, by goods, by what was paid, by till and by day, and takes goods of the
// one that is picked.
class FindSaleDesk : public ChoosingPart<int> {
 public:
  // `take` begins the return of goods of a receipt: "3-187".
  FindSaleDesk(DeskHand& hand, std::function<void(std::string receipt)> take)
      : ChoosingPart(hand), take_(std::move(take)) {}
  void begin();

  [[nodiscard]] bool open() const override { return step_ != Step::none; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::find_sale; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;
  bool act(Action action) override;
  void cancel() override;
  bool scan(const DetectedScan& scan) override;
  void choose(int digit) override;
  void move(int step) override;
  void press_row(std::size_t index) override;

 private:
  enum class Step { none, wish, asking, list };
  void search();
  void narrow_down(Action action);  // what is typed is the amount, the till or the day
  void take_selected();
  [[nodiscard]] PanelModel wish_panel() const;
  [[nodiscard]] PanelRow row_of_sale(std::size_t index) const;

  std::function<void(std::string)> take_;
  Step step_ = Step::none;
  Lane::SaleWish wish_;
  Lane::FoundSales found_;
  std::int64_t search_ = 0;  // the running number of the search that is waited for
  std::optional<Error> message_;
};

// "1118" (of this year, or else of the last), "20261118" or "2026-11-18". nullopt: no day, or one that is to come.
[[nodiscard]] std::optional<Date> day_from(std::string_view text, const Date& today);

// How many of the selected line come back in all, for fingers: a keyboard types it in front of Enter.
class ReturnQuantityDesk : public DeskPart {
 public:
  // `give_back` is asked for a quantity of the line, in place of what comes back of it now.
  ReturnQuantityDesk(DeskHand& hand, std::function<void(std::int64_t line, const std::string& text)> give_back)
      : DeskPart(hand), give_back_(std::move(give_back)) {}
  void begin(const ViewReturn::Line& line);

  [[nodiscard]] bool open() const override { return open_; }
  void close() override;
  [[nodiscard]] Place place() const override { return Place::return_quantity; }
  [[nodiscard]] PanelModel panel() const override;
  [[nodiscard]] EntryModel entry() const override;
  void enter(const std::string& text) override;

 private:
  std::function<void(std::int64_t, const std::string&)> give_back_;
  bool open_ = false;
  ViewReturn::Line line_;
};

}  // namespace lanekeeper::till::ui

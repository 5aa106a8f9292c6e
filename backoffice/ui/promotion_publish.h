// Publishing: what changes, why, from when on, and what the server thinks of it.
#pragma once

#include <wx/scrolwin.h>

#include "office_ui/meaning_block.h"
#include "office_ui/page.h"
#include "office_ui/promotion_words.h"
#include "widgets/chip.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class PromotionPublish : public Watcher {
 public:
  PromotionPublish(wxWindow* parent, Shell& shell, const PromotionWords& promotions);
  void start();  // came into view
  void publish();
  // For tests.
  [[nodiscard]] widgets::TextField& note() { return *note_; }
  [[nodiscard]] widgets::TextField& moment() { return *moment_; }
  [[nodiscard]] widgets::Chip& later() { return *later_; }
  [[nodiscard]] widgets::Button& go() { return *go_; }

 protected:
  void update() override;

 private:
  [[nodiscard]] PromotionsModel& model() const { return office().promotions().model; }
  void build_left();
  void build_right();
  void choose(bool later);
  void discard();
  // nullopt: it makes no sense, or is over.
  [[nodiscard]] std::optional<ZonedTime> chosen_moment() const;
  [[nodiscard]] std::vector<wxString> changes() const;
  [[nodiscard]] std::pair<widgets::NoteBox::Kind, wxString> verdict() const;
  [[nodiscard]] std::int64_t stops() const;

  const PromotionWords& promotions_;
  wxScrolledWindow* left_;
  NumberedSentences* changes_;
  widgets::Surface* right_;
  widgets::TextField* note_;
  widgets::Chip* at_once_;
  widgets::Chip* later_;
  widgets::TextField* moment_;
  widgets::NoteBox* verdict_;
  widgets::NoteBox* overridden_;
  widgets::Button* go_;
  widgets::Button* discard_;
  bool discarding_ = false;  // asked once
  bool is_later_ = false;
};

// "2026-11-21 08:00" by a wall clock. nullopt: it is no moment.
[[nodiscard]] std::optional<ZonedTime> parse_moment(std::string_view text, int utc_offset_min);
[[nodiscard]] wxString moment_text(const ZonedTime& time);

}  // namespace lanekeeper::office

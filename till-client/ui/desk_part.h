// A part of the desk: one thing the window can be busy with, with its own keys, its own panel and its own meaning of
// what is typed. The desk asks the open part first. Without wx.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "lane/host.h"
#include "till_ui/desk_terms.h"
#include "till_ui/key_gate.h"
#include "till_ui/panel_model.h"

namespace lanekeeper::till::ui {

// What a part may use of the desk. Outlives the parts.
class DeskHand {
 public:
  virtual ~DeskHand() = default;
  [[nodiscard]] virtual Lane& lane() const = 0;
  [[nodiscard]] virtual const RegisterView& view() const = 0;
  [[nodiscard]] virtual i18n::Language language() const = 0;
  // True: done. Else the refusal has been told, or somebody is asked to allow it; `done` runs when it is done, at once
  // or after it was allowed.
  virtual bool run(const Command& command, std::function<void()> done = {}) = 0;
  // Asks the lane something that changes the view; success is taken up, a refusal only given back.
  virtual Result<void> attempt(const std::function<Result<void>()>& call) = 0;
  virtual void say(Notice notice, Sound sound) = 0;
  virtual void complain(const Error& error) = 0;
  virtual void sound(Sound sound) = 0;
  virtual void quiet() = 0;    // takes back what was said
  virtual void changed() = 0;  // to be painted again, after something that was not a key
  // A panel has opened by itself: Enter means nothing for a moment.
  virtual void opened_by_itself() = 0;
  [[nodiscard]] virtual const std::string& typed() const = 0;
  virtual void set_typed(std::string text) = 0;
};

class DeskPart {
 public:
  explicit DeskPart(DeskHand& hand) : hand_(hand) {}
  virtual ~DeskPart() = default;
  DeskPart(const DeskPart&) = delete;
  DeskPart& operator=(const DeskPart&) = delete;

  [[nodiscard]] virtual bool open() const = 0;
  virtual void close() = 0;
  // The screen that it has for itself; nullopt: a panel on the screen that is there.
  [[nodiscard]] virtual std::optional<Screen> screen() const { return std::nullopt; }
  [[nodiscard]] virtual Place place() const = 0;
  [[nodiscard]] virtual PanelModel panel() const = 0;
  [[nodiscard]] virtual EntryModel entry() const = 0;
  // Whether other keys of the screen may end it.
  [[nodiscard]] virtual bool holds() const { return false; }

  virtual bool act(Action) { return false; }                // false: none of its own
  virtual void enter(const std::string& text) = 0;          // what was typed, which is cleared already
  virtual void cancel() { close(); }                        // Esc, when nothing is typed and nothing was said
  virtual bool scan(const DetectedScan&) { return false; }  // false: it waits until the part is closed
  virtual void choose(int) {}                               // 1..9, of the choices or the rows
  virtual void move(int) {}                                 // -1 up, +1 down
  virtual void press_row(std::size_t) {}
  virtual void typed() {}  // something was typed or taken back
  // A scanner types too: what its first digits chose is taken back when they turn out to be a scan (see key_gate.h).
  virtual void save_draft() {}
  virtual void restore_draft() {}
  virtual void lane_changed() {}
  virtual void lane_event(const LaneEvent&) {}

 protected:
  // A callback that does nothing when the part has gone meanwhile.
  template <class F>
  [[nodiscard]] auto guarded(F action) {
    return [weak = std::weak_ptr<char>(alive_), action = std::move(action)](auto&&... values) {
      if (weak.lock()) action(std::forward<decltype(values)>(values)...);
    };
  }
  DeskHand& hand_;

 private:
  std::shared_ptr<char> alive_ = std::make_shared<char>();
};

// A part in which one of several is chosen.
template <class Choice>
class ChoosingPart : public DeskPart {
 public:
  using DeskPart::DeskPart;
  void save_draft() override { saved_ = chosen_; }
  void restore_draft() override { chosen_ = saved_; }

 protected:
  Choice chosen_{};  // begin() sets it

 private:
  Choice saved_{};
};

}  // namespace lanekeeper::till::ui

// Whose PIN is asked for: a tile, or a number that was typed. Without wx.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/permissions.h"
#include "base/error.h"

namespace lanekeeper::till::ui {

class SignInForm {
 public:
  // Cashiers first, by number; who signed in last (or has locked the till) before all.
  void set_people(std::vector<access::StaffMember> people, const std::string& first_number);
  void choose(std::size_t index);
  void choose_number(const std::string& number);
  void choose_next(int step);  // +1, -1, around the end
  void begin_number();         // the next thing typed is a number
  void end_number() { typing_number_ = false; }
  void badge_was_read() { badge_read_ = true; }
  void toggle_forgot() { forgot_ = !forgot_; }
  void refused(Error error) { error_ = std::move(error); }
  void signed_in();
  void clear_message();

  [[nodiscard]] const std::vector<access::StaffMember>& people() const { return people_; }
  [[nodiscard]] std::optional<std::size_t> chosen() const;  // nullopt: a number that no tile has, or one being typed
  [[nodiscard]] const std::string& number() const { return number_; }
  [[nodiscard]] const std::string& last_number() const { return last_number_; }
  [[nodiscard]] bool typing_number() const { return typing_number_; }
  [[nodiscard]] bool forgot() const { return forgot_; }          // shows how a forgotten PIN is reset
  [[nodiscard]] bool badge_read() const { return badge_read_; }  // by which the number was chosen
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  std::vector<access::StaffMember> people_;
  std::string number_;
  std::string last_number_;
  bool typing_number_ = false;
  bool forgot_ = false;
  bool badge_read_ = false;
  std::optional<Error> error_;
};

}  // namespace lanekeeper::till::ui

#include "widgets/svg_path.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>

namespace lanekeeper::widgets {

class SvgPath::Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Step> read() {
    while (next_command()) {
      if (!take_arguments()) break;
    }
    return std::move(steps_);
  }

 private:
  void skip_separators() {
    while (!text_.empty() && (std::isspace(static_cast<unsigned char>(text_.front())) || text_.front() == ',')) {
      text_.remove_prefix(1);
    }
  }

  bool next_command() {
    skip_separators();
    if (text_.empty()) return false;
    if (std::isalpha(static_cast<unsigned char>(text_.front()))) {
      command_ = text_.front();
      text_.remove_prefix(1);
    } else if (command_ == 'M') {
      command_ = 'L';  // further pairs after a move are lines
    } else if (command_ == 'm') {
      command_ = 'l';
    }
    return command_ != 0;
  }

  bool number(double& out) {
    skip_separators();
    if (!text_.empty() && text_.front() == '+') text_.remove_prefix(1);
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), out, std::chars_format::fixed);
    if (error != std::errc{}) return false;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return true;
  }

  bool flag(bool& out) {
    skip_separators();
    if (text_.empty() || (text_.front() != '0' && text_.front() != '1')) return false;
    out = text_.front() == '1';
    text_.remove_prefix(1);
    return true;
  }

  bool point(double& x, double& y) {
    if (!number(x) || !number(y)) return false;
    if (relative()) {
      x += x_;
      y += y_;
    }
    return true;
  }

  [[nodiscard]] bool relative() const { return std::islower(static_cast<unsigned char>(command_)) != 0; }

  void go(Verb verb, double x, double y) {
    steps_.push_back({verb, {x, y}});
    x_ = x;
    y_ = y;
  }

  bool take_arguments() {
    double x = x_;
    double y = y_;
    switch (std::toupper(static_cast<unsigned char>(command_))) {
      case 'M':
        if (!point(x, y)) return false;
        start_x_ = x;
        start_y_ = y;
        go(Verb::move, x, y);
        return true;
      case 'L':
        if (!point(x, y)) return false;
        go(Verb::line, x, y);
        return true;
      case 'H':
        if (!number(x)) return false;
        go(Verb::line, relative() ? x_ + x : x, y_);
        return true;
      case 'V':
        if (!number(y)) return false;
        go(Verb::line, x_, relative() ? y_ + y : y);
        return true;
      case 'C':
        return take_cubic(false);
      case 'S':
        return take_cubic(true);
      case 'A':
        return take_arc();
      case 'Z':
        steps_.push_back({Verb::close, {}});
        x_ = start_x_;
        y_ = start_y_;
        command_ = 0;
        return true;
      default:
        return false;
    }
  }

  // smooth: the first control point mirrors the last one of the curve before.
  bool take_cubic(bool smooth) {
    std::array<double, 6> n{x_, y_};
    const bool after_cubic = !steps_.empty() && steps_.back().verb == Verb::cubic;
    if (smooth && after_cubic) {
      n[0] = 2 * x_ - steps_.back().numbers[2];
      n[1] = 2 * y_ - steps_.back().numbers[3];
    }
    if (!smooth && !point(n[0], n[1])) return false;
    if (!point(n[2], n[3]) || !point(n[4], n[5])) return false;
    steps_.push_back({Verb::cubic, n});
    x_ = n[4];
    y_ = n[5];
    return true;
  }

  // End points to centre, SVG appendix F.6.5, for rx = ry.
  bool take_arc() {
    double radius = 0;
    double radius_y = 0;
    double rotation = 0;
    bool large = false;
    bool sweep = false;
    double x = 0;
    double y = 0;
    if (!number(radius) || !number(radius_y) || !number(rotation) || !flag(large) || !flag(sweep) || !point(x, y)) {
      return false;
    }
    const double half_x = (x_ - x) / 2;
    const double half_y = (y_ - y) / 2;
    const double half_squared = half_x * half_x + half_y * half_y;
    if (half_squared == 0) return true;
    radius = std::max(radius, std::sqrt(half_squared));
    const double away = std::sqrt(std::max(0.0, radius * radius - half_squared) / half_squared);
    const double side = large == sweep ? -away : away;
    const double centre_x = side * half_y + (x_ + x) / 2;
    const double centre_y = -side * half_x + (y_ + y) / 2;
    const double from = std::atan2(y_ - centre_y, x_ - centre_x);
    const double to = std::atan2(y - centre_y, x - centre_x);
    steps_.push_back({Verb::arc, {centre_x, centre_y, radius, from, to, sweep ? 1.0 : 0.0}});
    x_ = x;
    y_ = y;
    return true;
  }

  std::string_view text_;
  std::vector<Step> steps_;
  char command_ = 0;
  double x_ = 0;
  double y_ = 0;
  double start_x_ = 0;
  double start_y_ = 0;
};

SvgPath SvgPath::parse(std::string_view text) {
  SvgPath path;
  path.steps_ = Reader(text).read();
  return path;
}

wxGraphicsPath SvgPath::on(wxGraphicsContext& gc) const {
  wxGraphicsPath path = gc.CreatePath();
  for (const Step& step : steps_) {
    const auto& n = step.numbers;
    switch (step.verb) {
      case Verb::move:
        path.MoveToPoint(n[0], n[1]);
        break;
      case Verb::line:
        path.AddLineToPoint(n[0], n[1]);
        break;
      case Verb::cubic:
        path.AddCurveToPoint(n[0], n[1], n[2], n[3], n[4], n[5]);
        break;
      case Verb::arc:
        path.AddArc(n[0], n[1], n[2], n[3], n[4], n[5] > 0.5);
        break;
      case Verb::close:
        path.CloseSubpath();
        break;
    }
  }
  return path;
}

}  // namespace lanekeeper::widgets

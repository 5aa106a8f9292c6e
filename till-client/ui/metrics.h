// How much room there is, see "Adapting" in the design language. Design pixels.
#pragma once

namespace lanekeeper::till::ui {

struct Metrics {
  double width = 1366;
  double height = 768;
  bool narrow = false;  // 1024 wide
  bool wide = false;    // 1920 wide at scale 1
  double right_column = 500;
  double banner_height = 104;
  double pay_height = 72;
  double due_height = 155;
  double member_height = 72;
  int quick_key_columns = 5;

  [[nodiscard]] static Metrics for_size(double width, double height) {
    Metrics m;
    m.width = width;
    m.height = height;
    m.narrow = width < 1200;
    m.wide = width >= 1600;
    if (m.narrow) {
      m.right_column = 384;
      m.pay_height = 68;
      m.due_height = 133;
      m.member_height = 64;
      m.quick_key_columns = 4;
    }
    if (m.wide) {
      m.right_column = 656;
      m.quick_key_columns = 6;
    }
    return m;
  }
  bool operator==(const Metrics&) const = default;
};

}  // namespace lanekeeper::till::ui

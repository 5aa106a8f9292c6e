// Who is old enough for goods that are sold from an age on.
#pragma once

#include "base/time.h"

namespace lanekeeper::till::ui {

// Who was born on this day or before is `age_years` old today. Where the day does not exist in that year (29 February)
// it is the day before: who was born on 1 March has still a day to wait.
[[nodiscard]] Date latest_birth_date(const Date& today, int age_years);

}  // namespace lanekeeper::till::ui

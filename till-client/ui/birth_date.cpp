#include "till_ui/birth_date.h"

namespace lanekeeper::till::ui {

Date latest_birth_date(const Date& today, int age_years) {
  const Date born{today.year - age_years, today.month, today.day};
  // A day that its month does not have counts into the next one.
  const Date real = Date::from_days(born.days_since_1970());
  return real.day == born.day ? real : real.plus_days(-1);
}

}  // namespace lanekeeper::till::ui

// Whole sales of today that are made undone.

#include "register/register_impl.h"

namespace lanekeeper::till {

Result<Effects> Register::Impl::apply(const BeginVoid& /*command*/) {
  return fail("register.not_yet", "Not yet.");
}

}  // namespace lanekeeper::till

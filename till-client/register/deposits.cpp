// Deposits that are given back: in any basket, without a receipt, at their price.

#include "register/register_impl.h"

namespace lanekeeper::till {

Result<Effects> Register::Impl::apply(const TakeBackDeposit& /*command*/) {
  return fail("register.not_yet", "Not yet.");
}

}  // namespace lanekeeper::till

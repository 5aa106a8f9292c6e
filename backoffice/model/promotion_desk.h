// Everything behind the promotions' page, as one part of the office.
#pragma once

#include "model/goods_directory.h"
#include "model/promotion_editor.h"
#include "model/promotions_model.h"
#include "model/trial.h"

namespace lanekeeper::office {

// UI thread only.
struct PromotionDesk {
  PromotionDesk(Transport& transport, Timers& timers, const Clock& clock)
      : goods(transport),
        scope_finder(transport, timers, goods),
        gift_finder(transport, timers, goods),
        trial_finder(transport, timers, goods),
        model(transport, timers),
        editor(model, clock),
        trial(clock) {}

  // The session has ended.
  void clear() {
    model.clear();
    goods.clear();
  }
  // Somebody else signed in: what was changed and not published, the editor's draft and the basket were not theirs.
  void forget_person() {
    editor.close();
    model.forget();
    trial.clear();
  }

  GoodsDirectory goods;
  GoodsFinder scope_finder;
  GoodsFinder gift_finder;
  GoodsFinder trial_finder;
  PromotionsModel model;
  PromotionEditor editor;
  TrialBasket trial;
};

}  // namespace lanekeeper::office

// What pages about the store's own ways work with: its settings, the templates of its receipts, the rules of its tills.
#pragma once

#include "model/policy_editor.h"
#include "model/template_editor.h"

namespace lanekeeper::office {

struct StoreDesk {
  StoreDesk(Transport& transport, const StoreModel& store)
      : settings(transport), templates(settings, store), policy(settings) {}

  void forget_person() {  // drafts of the one before
    templates.forget();
    policy.forget();
  }

  StoreSettingsModel settings;
  TemplateEditor templates;
  PolicyEditor policy;
};

}  // namespace lanekeeper::office

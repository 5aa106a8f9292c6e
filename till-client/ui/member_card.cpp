#include "till_ui/member_card.h"

#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::Icon;
using widgets::TagKind;
using widgets::theme;
using widgets::to_wx;
using widgets::Weight;

namespace {

constexpr std::size_t tail_digits = 4;

}  // namespace

MemberWords member_words(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  MemberWords words;
  if (!view.member) {
    words.hint = scene.text("till.member.nobody");
    return words;
  }
  const sale::MemberRef& member = *view.member;
  words.name = member.name.empty() ? scene.text("till.saving.member_plain") : to_wx(member.name);
  if (member.tier) words.tier = tier_name(scene, *member.tier);
  if (member.birthday) words.birthday = scene.text("till.member.birthday");
  const std::string tail =
      member.number.size() > tail_digits ? member.number.substr(member.number.size() - tail_digits) : member.number;
  words.card = scene.text("till.member.card", {{"tail", tail}});
  return words;
}

MemberCard::MemberCard(wxWindow* parent, Desk& desk) : PaintedCard(parent) {
  Bind(wxEVT_LEFT_UP, [&desk](wxMouseEvent&) { desk.act(Action::member); });
}

void MemberCard::paint(widgets::Painter& painter) {
  const auto& t = theme();
  paint_panel(painter);
  const bool small = painter.width() < 420;
  Area area = painter.area().inset(small ? 12 : 17, 4);
  const bool nobody = content_.name.empty();
  const Area sign = area.take_left(32, small ? 10 : 12);
  painter.icon(Icon::user, sign.x, sign.centre_y() - 16, 32, nobody ? t.edge : t.ink);
  if (nobody) {
    painter.text(content_.hint, area, {small ? 15 : 16, Weight::regular, t.ink_quiet});
    return;
  }
  Area words = area.centred(area.w, 48);
  Area first = words.take_top(27);
  double tags = 0;
  for (const wxString& tag : {content_.tier, content_.birthday}) {
    if (!tag.empty()) tags += painter.tag_width(tag, 14) + 8;
  }
  const double used = painter.text(content_.name, {first.x, first.y, std::max(40.0, first.w - tags), first.h},
                                   {20, Weight::bold, t.ink});
  double x = first.x + used + 8;
  if (!content_.tier.empty()) x += painter.tag(content_.tier, x, first.centre_y(), TagKind::accent_filled, 14) + 6;
  if (!content_.birthday.empty()) painter.tag(content_.birthday, x, first.centre_y(), TagKind::attention, 14);
  painter.text(content_.card, words, {15, Weight::regular, t.ink_secondary});
}

}  // namespace lanekeeper::till::ui

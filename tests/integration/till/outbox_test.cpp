#include "cache/outbox.h"

#include <gtest/gtest.h>

#include <fstream>

#include "cache/journal_file.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

using protocol::EntryOutcome;

journal::SigningKey server_key() {
  return journal::SigningKey::from_seed(Bytes(32, 42)).value();
}

protocol::JournalAck answer(const std::vector<PendingEntry>& sent, std::size_t count,
                            EntryOutcome outcome = EntryOutcome::stored) {
  protocol::JournalAck ack;
  ack.till = sent.front().entry.till;
  std::vector<journal::Hash> hashes;
  for (std::size_t i = 0; i < count; ++i) {
    ack.results.push_back({sent[i].entry.sequence, outcome});
    hashes.push_back(sent[i].entry.hash);
  }
  ack.signature = server_key().sign(protocol::acknowledgement_bytes(ack, hashes));
  return ack;
}

protocol::JournalAck signed_again(const std::vector<PendingEntry>& sent, protocol::JournalAck ack) {
  std::vector<journal::Hash> hashes;
  for (std::size_t i = 0; i < ack.results.size(); ++i) hashes.push_back(sent[i].entry.hash);
  ack.signature = server_key().sign(protocol::acknowledgement_bytes(ack, hashes));
  return ack;
}

constexpr Instant noon{1'800'000'000'000};

class OutboxTest : public testing::Test {
 protected:
  void commit(int sales) {
    for (int i = 0; i < sales; ++i) ASSERT_TRUE(open_.journal->commit(fresh_sale()));
  }
  const Folder folder_;
  OpenJournal open_{folder_.path()};
  Outbox outbox_{folder_.path(), *open_.deliveries};
};

TEST_F(OutboxTest, HandsOutTheOldestFirst) {
  EXPECT_TRUE(outbox_.next_batch().empty());
  commit(5);
  const auto batch = outbox_.next_batch(3);
  ASSERT_EQ(batch.size(), 3U);
  EXPECT_EQ(batch[0].entry.sequence, 1);
  EXPECT_EQ(batch[2].entry.sequence, 3);
  EXPECT_EQ(outbox_.next_batch(3)[0].entry, batch[0].entry) << "the same bytes until they are answered";
}

TEST_F(OutboxTest, KeepsBatchesWithinTheirBytesButNeverEmpty) {
  commit(5);
  EXPECT_EQ(outbox_.next_batch(100, 1).size(), 1U);
  const auto one = outbox_.next_batch(1).front().entry.payload.size();
  EXPECT_EQ(outbox_.next_batch(100, one * 4).size(), 2U);
}

TEST_F(OutboxTest, DeliversWhatIsAnswered) {
  commit(5);
  const auto sent = outbox_.next_batch();
  const auto recorded = outbox_.record(sent, answer(sent, 3), server_key().public_key(), noon);
  ASSERT_TRUE(recorded) << recorded.error().message;
  EXPECT_EQ(recorded->delivered, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(open_.journal->outbox().unsent, 2);
  EXPECT_EQ(open_.journal->outbox().unsent_amount.minor(), 2 * samples::finished_sale().payable.minor());
  const auto rest = outbox_.next_batch();
  ASSERT_EQ(rest.size(), 2U);
  ASSERT_TRUE(outbox_.record(rest, answer(rest, 2, EntryOutcome::duplicate), server_key().public_key(), noon));
  EXPECT_EQ(open_.journal->outbox().unsent, 0);
  EXPECT_TRUE(open_.journal->outbox().unsent_amount.is_zero());
}

TEST_F(OutboxTest, BelievesOnlyTheServersSignature) {
  commit(3);
  const auto sent = outbox_.next_batch();
  auto ack = answer(sent, 3);
  ack.results[1].outcome = EntryOutcome::duplicate;
  EXPECT_EQ(outbox_.record(sent, ack, server_key().public_key(), noon).error().code, "ack.bad_signature");
  EXPECT_EQ(outbox_.record(sent, answer(sent, 3), till_key().public_key(), noon).error().code, "ack.bad_signature");
  EXPECT_EQ(open_.journal->outbox().unsent, 3);
}

TEST_F(OutboxTest, RefusesAnswersAboutSomethingElse) {
  commit(3);
  const auto sent = outbox_.next_batch();
  auto other_order = answer(sent, 3);
  std::swap(other_order.results[0], other_order.results[1]);
  auto other_till = answer(sent, 3);
  other_till.till = 9;
  auto nothing = answer(sent, 3);
  nothing.results.clear();
  for (const auto& ack :
       {signed_again(sent, other_order), signed_again(sent, other_till), signed_again(sent, nothing)}) {
    EXPECT_EQ(outbox_.record(sent, ack, server_key().public_key(), noon).error().code, "ack.unexpected");
  }
  EXPECT_EQ(open_.journal->outbox().unsent, 3);
}

TEST_F(OutboxTest, ParksPoisonAndGoesOnBehindIt) {
  commit(4);
  const auto sent = outbox_.next_batch(3);
  auto ack = answer(sent, 3);
  ack.results[1].outcome = EntryOutcome::conflict;
  const auto recorded = outbox_.record(sent, signed_again(sent, ack), server_key().public_key(), noon);
  ASSERT_TRUE(recorded);
  EXPECT_EQ(recorded->delivered, (std::vector<std::int64_t>{1, 3}));
  ASSERT_EQ(recorded->parked.size(), 1U);
  EXPECT_EQ(recorded->parked[0].sequence, 2);
  EXPECT_EQ(open_.journal->outbox().parked, 1);
  EXPECT_EQ(outbox_.next_batch().front().entry.sequence, 4);
  ASSERT_TRUE(outbox_.park(outbox_.next_batch().front(), EntryOutcome::malformed, noon));
  EXPECT_TRUE(outbox_.next_batch().empty());
  EXPECT_EQ(open_.journal->outbox().parked, 2);
  EXPECT_EQ(outbox_.parked()[1].outcome, EntryOutcome::malformed);
}

TEST_F(OutboxTest, KeepsItsPlaceOverARestartAndResendsWithoutIt) {
  commit(6);
  const auto sent = outbox_.next_batch(4);
  ASSERT_TRUE(outbox_.record(sent, answer(sent, 4), server_key().public_key(), noon));
  {
    const auto again = DeliveryLog::open(folder_.path()).value();
    EXPECT_EQ(again->summary().delivered_through, 4);
    EXPECT_EQ(again->summary().sequence, 4);
  }
  const Folder copy;
  std::filesystem::copy(folder_ / "journal.db", copy / "journal.db");
  std::filesystem::copy(folder_ / "journal.db-wal", copy / "journal.db-wal");
  std::ofstream(copy / "delivery.db") << "rubbish";
  OpenJournal other(copy.path());
  Outbox all(copy.path(), *other.deliveries);
  EXPECT_EQ(all.next_batch().size(), 6U);
}

TEST_F(OutboxTest, SplitsBatchesAtAnotherTillNumber) {
  commit(2);
  ASSERT_TRUE(open_.journal->set_identity(identity(8)));
  commit(2);
  const auto first = outbox_.next_batch();
  ASSERT_EQ(first.size(), 2U);
  ASSERT_TRUE(outbox_.record(first, answer(first, 2), server_key().public_key(), noon));
  EXPECT_EQ(outbox_.next_batch().front().entry.till, 8);
}

TEST_F(OutboxTest, PrunesOnlyWhatIsOldAndDelivered) {
  commit(10);
  const auto sent = outbox_.next_batch(6);
  auto ack = answer(sent, 6);
  ack.results[2].outcome = EntryOutcome::conflict;
  ASSERT_TRUE(outbox_.record(sent, signed_again(sent, ack), server_key().public_key(), noon));
  const auto sold = samples::finished_sale().completed_at.instant.unix_ms;
  EXPECT_EQ(outbox_.prune(Instant{sold + Outbox::retention_ms + 1}), 0) << "a clock alone makes nothing old";
  // The newest entry shows that time has really passed.
  sqlite::Database(folder_ / "journal.db")
      .execute("UPDATE entry SET committed_ms = committed_ms + " + std::to_string(Outbox::retention_ms + 1000) +
               " WHERE position = 10");
  const Instant later{sold + Outbox::retention_ms + 2000};
  EXPECT_EQ(outbox_.prune(later, 2), 2);
  EXPECT_EQ(outbox_.prune(later), 3);
  EXPECT_EQ(outbox_.prune(later), 0);
  std::vector<std::int64_t> left;
  for (const auto& entry : entries_of(folder_.path())) left.push_back(entry.sequence);
  EXPECT_EQ(left, (std::vector<std::int64_t>{3, 7, 8, 9, 10}));
  EXPECT_EQ(open_.journal->outbox().unsent, 4);
  EXPECT_EQ(outbox_.next_batch().front().entry.sequence, 7);
}

// Makes everything before the newest entry old enough to be forgotten.
void age(const Folder& folder, std::int64_t newest) {
  sqlite::Database(folder / "journal.db")
      .execute("UPDATE entry SET committed_ms = CASE position WHEN " + std::to_string(newest) + " THEN " +
               std::to_string(noon.unix_ms) + " ELSE 1000 END");
}

TEST_F(OutboxTest, PruningKeepsWhatTheShiftsAreAddedUpFrom) {
  for (int step = 0; step < 12; ++step) work_at_till(*open_.journal, step);
  const auto before = open_.journal->shifts();
  const auto sent = outbox_.next_batch();
  ASSERT_TRUE(outbox_.record(sent, answer(sent, 12), server_key().public_key(), noon));
  age(folder_, 12);
  EXPECT_EQ(outbox_.prune(noon), 8) << "but the close of the first shift and the one that is open";
  std::vector<std::int64_t> left;
  for (const auto& entry : entries_of(folder_.path())) left.push_back(entry.sequence);
  EXPECT_EQ(left, (std::vector<std::int64_t>{9, 10, 11, 12}));
  ASSERT_TRUE(open_.journal->set_identity(identity()));
  EXPECT_EQ(difference(open_.journal->shifts(), before), "");
}

TEST_F(OutboxTest, AShiftNumberOutlivesItsEntries) {
  for (int step = 0; step < 9; ++step) work_at_till(*open_.journal, step);
  commit(3);
  const auto before = open_.journal->shifts();
  const auto sent = outbox_.next_batch();
  ASSERT_TRUE(outbox_.record(sent, answer(sent, 12), server_key().public_key(), noon));
  age(folder_, 12);
  EXPECT_EQ(outbox_.prune(noon, 3), 3) << "what is kept does not stand in the way";
  EXPECT_GT(outbox_.prune(noon), 0);
  ASSERT_TRUE(open_.journal->set_identity(identity()));
  EXPECT_EQ(difference(open_.journal->shifts(), before), "");
  EXPECT_EQ(open_.journal->shifts().last_number, 1);
}

TEST_F(OutboxTest, CountsFromTheJournalsBeginningWhenDeliveriesAreLost) {
  commit(5);
  sqlite::Database(folder_ / "journal.db").execute("DELETE FROM entry WHERE position <= 3");
  const Folder copy;
  for (const char* name : {"journal.db", "journal.db-wal"}) std::filesystem::copy(folder_ / name, copy / name);
  OpenJournal other(copy.path());
  Outbox all(copy.path(), *other.deliveries);
  EXPECT_EQ(other.journal->outbox().unsent, 2);
  EXPECT_EQ(other.journal->outbox().unsent_amount.minor(), 2 * samples::finished_sale().payable.minor());
  EXPECT_EQ(all.next_batch().size(), 2U);
}

TEST_F(OutboxTest, HandsOutAgainWhatTheServerHasLost) {
  commit(6);
  const auto sent = outbox_.next_batch();
  ASSERT_TRUE(outbox_.record(sent, answer(sent, 6), server_key().public_key(), noon));
  commit(1);
  EXPECT_EQ(outbox_.set_back(3, 6).value(), 0) << "it has them all";
  EXPECT_EQ(outbox_.set_back(3, 9).value(), 0);
  EXPECT_EQ(outbox_.set_back(3, 4).value(), 2);
  EXPECT_EQ(open_.journal->outbox().unsent, 3);
  const auto amount = sent[4].amount + sent[5].amount;
  EXPECT_EQ(open_.journal->outbox().unsent_amount, amount + outbox_.next_batch()[2].amount);
  const auto again = outbox_.next_batch();
  ASSERT_EQ(again.size(), 3U);
  EXPECT_EQ(again[0].entry, sent[4].entry) << "the same bytes";
  EXPECT_EQ(outbox_.set_back(3, 4).value(), 0) << "they wait already";
  ASSERT_TRUE(outbox_.record(again, answer(again, 3, EntryOutcome::duplicate), server_key().public_key(), noon));
  EXPECT_EQ(outbox_.set_back(3, 0).value(), 7) << "an empty server gets everything";
  EXPECT_EQ(outbox_.next_batch().front().entry, sent[0].entry);
  EXPECT_EQ(open_.journal->outbox().unsent, 7);
}

TEST_F(OutboxTest, WhatTheServerDidNotTakeItHasNotLost) {
  commit(3);
  const auto sent = outbox_.next_batch();
  auto ack = answer(sent, 3);
  ack.results[2].outcome = EntryOutcome::malformed;
  ASSERT_TRUE(outbox_.record(sent, signed_again(sent, ack), server_key().public_key(), noon));
  EXPECT_EQ(outbox_.set_back(3, 2).value(), 0);
}

TEST_F(OutboxTest, WhatWasForgottenCannotBeSentAgain) {
  commit(4);
  const auto sent = outbox_.next_batch();
  ASSERT_TRUE(outbox_.record(sent, answer(sent, 4), server_key().public_key(), noon));
  sqlite::Database(folder_ / "journal.db").execute("DELETE FROM entry WHERE position <= 2");
  EXPECT_EQ(outbox_.set_back(3, 0).value(), 2);
  EXPECT_EQ(outbox_.next_batch().front().entry, sent[2].entry);
  EXPECT_EQ(open_.journal->outbox().unsent, 2);
}

TEST_F(OutboxTest, ThoseOfAnotherTillNumberAreNotLost) {
  commit(2);
  auto sent = outbox_.next_batch();
  ASSERT_TRUE(outbox_.record(sent, answer(sent, 2), server_key().public_key(), noon));
  ASSERT_TRUE(open_.journal->set_identity(identity(8)));
  EXPECT_EQ(outbox_.set_back(8, 0).value(), 0);
}

}  // namespace
}  // namespace lanekeeper::till::test

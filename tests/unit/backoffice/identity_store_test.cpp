#include "model/identity_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "fakes.h"
#include "model/settings.h"
#include "net/x509.h"

namespace lanekeeper::office {
namespace {

class IdentityStoreTest : public testing::Test {
 protected:
  IdentityStoreTest()
      : directory(std::filesystem::temp_directory_path() /
                  (std::string("lanekeeper-identity-") + testing::UnitTest::GetInstance()->current_test_info()->name() +
                   "-" + std::to_string(::getpid()))),
        store(directory) {}
  ~IdentityStoreTest() override { std::filesystem::remove_all(directory); }
  static mode_t mode_of(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
  }

  CountingRandom random;
  FakeClock clock;
  std::filesystem::path directory;
  IdentityStore store;
};

TEST_F(IdentityStoreTest, MakesTheKeyOnceAndForItsOwnerOnly) {
  const auto first = store.key(random).value();
  EXPECT_EQ(mode_of(directory / "device-key.pem"), 0600u);
  EXPECT_EQ(mode_of(directory), 0700u);
  EXPECT_EQ(store.key(random)->public_key(), first.public_key());
  EXPECT_FALSE(store.load().value());
}

TEST_F(IdentityStoreTest, KeepsTheCertificateUntilItIsForgotten) {
  const auto key = store.key(random).value();
  const auto ca = net::CertificateAuthority::create("店", random, clock.time.instant);
  const auto certificate = ca.issue_device(key.public_key(), "x", 1000, random, clock.time.instant);
  ASSERT_TRUE(store.store(certificate, ca.certificate_pem()));
  const auto identity = store.load().value();
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->certificate_pem, certificate);
  EXPECT_EQ(identity->ca_pem, ca.certificate_pem());
  store.forget_certificate();
  EXPECT_FALSE(store.load().value());
  EXPECT_EQ(store.key(random)->public_key(), key.public_key());
}

TEST_F(IdentityStoreTest, ACertificateOfAnotherKeyIsNone) {
  (void)store.key(random);
  const auto other = journal::SigningKey::generate(random);
  const auto ca = net::CertificateAuthority::create("店", random, clock.time.instant);
  ASSERT_TRUE(
      store.store(ca.issue_device(other.public_key(), "x", 1000, random, clock.time.instant), ca.certificate_pem()));
  EXPECT_FALSE(store.load().value());
}

TEST_F(IdentityStoreTest, ADamagedKeyIsToldAndNeverOverwritten) {
  (void)store.key(random);
  std::ofstream(directory / "device-key.pem", std::ios::trunc) << "not a key";
  const auto key = store.key(random);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, "tls.bad_key");
  std::ifstream file(directory / "device-key.pem");
  std::string content;
  std::getline(file, content);
  EXPECT_EQ(content, "not a key");
}

TEST_F(IdentityStoreTest, ADirectoryThatCannotBeMadeIsTold) {
  std::ofstream(directory) << "a file is in the way";
  const auto key = store.key(random);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, "office.data_directory");
}

TEST_F(IdentityStoreTest, SettingsSurviveAndDamagedOnesAreDefaults) {
  const SettingsStore settings(directory);
  EXPECT_EQ(settings.load().server, "");
  ASSERT_TRUE(settings.store({"store:7443", "en", "1001"}));
  EXPECT_EQ(settings.load().language, "en");
  std::ofstream(directory / "settings.json", std::ios::trunc) << "{\"server\":7}";
  EXPECT_EQ(settings.load().language, "");
}

}  // namespace
}  // namespace lanekeeper::office

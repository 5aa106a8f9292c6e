#include "storage/device_repository.h"

#include <algorithm>

#include "base/text.h"
#include "storage/enum_text.h"

namespace lanekeeper::storage {

namespace {

constexpr std::int64_t forget_after_ms = 24 * 60 * 60 * 1000;

constexpr std::string_view device_columns =
    "SELECT device_id, kind, name, till, public_key, certificate_serial, software, approved_by, enrolled_ms, "
    "enrolled_offset_min, revoked_ms, last_contact_ms, last_contact_offset_min, address FROM device WHERE store_id = ?";
constexpr std::string_view certificate_columns =
    "SELECT c.certificate_serial, c.public_key, c.issued_ms, c.issued_offset_min, c.expires_ms, c.ends_ms, "
    "c.certificate_pem, c.device_id FROM device_certificate c";
constexpr std::string_view enrolment_columns =
    "SELECT enrolment_id, poll_secret_hash, code, state, wrong_codes, kind, device_name, address, software, "
    "public_key, "
    "asked_ms, asked_offset_min, expires_ms, device_id, till, certificate_pem FROM enrolment WHERE store_id = ?";

std::array<unsigned char, 32> bytes32(const std::string& text) {
  std::array<unsigned char, 32> bytes{};
  if (text.size() != bytes.size()) throw Fault("db.error", "a key or hash of the wrong length");
  std::copy(text.begin(), text.end(), bytes.begin());
  return bytes;
}
std::string hex32(const std::array<unsigned char, 32>& bytes) {
  return to_hex(ByteView(bytes.data(), bytes.size()));
}

DeviceRecord read_device(const Rows& rows) {
  DeviceRecord device;
  device.id = rows.text(1);
  device.kind = enum_value<protocol::DeviceKind>(rows.text(2));
  device.name = rows.text(3);
  device.till = rows.integer(4);
  device.public_key = bytes32(rows.text(5));
  device.certificate_serial = rows.text(6);
  device.software = rows.text(7);
  device.approved_by = rows.integer(8);
  device.enrolled_at = {{rows.integer(9)}, static_cast<int>(rows.integer(10))};
  if (const auto revoked = rows.optional_integer(11)) device.revoked_at = Instant{*revoked};
  if (const auto contact = rows.optional_integer(12)) {
    device.last_contact = ZonedTime{{*contact}, static_cast<int>(rows.integer(13))};
  }
  device.address = rows.text(14);
  return device;
}

std::vector<CertificateRecord> read_certificates(Rows rows) {
  std::vector<CertificateRecord> certificates;
  while (rows.next()) {
    CertificateRecord certificate;
    certificate.serial = rows.text(1);
    certificate.public_key = bytes32(rows.text(2));
    certificate.issued_at = {{rows.integer(3)}, static_cast<int>(rows.integer(4))};
    certificate.expires_at = {rows.integer(5)};
    if (const auto ends = rows.optional_integer(6)) certificate.ends_at = Instant{*ends};
    certificate.pem = rows.text(7);
    certificate.device_id = rows.text(8);
    certificates.push_back(std::move(certificate));
  }
  return certificates;
}

EnrolmentRecord read_record(const Rows& rows) {
  EnrolmentRecord record;
  record.id = rows.text(1);
  record.poll_secret_hash = bytes32(rows.text(2));
  record.code = rows.text(3);
  record.state = enum_value<protocol::EnrolmentState>(rows.text(4));
  record.wrong_codes = rows.integer(5);
  record.kind = enum_value<protocol::DeviceKind>(rows.text(6));
  record.device_name = rows.text(7);
  record.address = rows.text(8);
  record.software = rows.text(9);
  record.public_key = bytes32(rows.text(10));
  record.asked_at = {{rows.integer(11)}, static_cast<int>(rows.integer(12))};
  record.expires_at = {rows.integer(13)};
  record.device_id = rows.text(14);
  record.till = rows.integer(15);
  record.certificate_pem = rows.text(16);
  return record;
}

}  // namespace

std::vector<DeviceRecord> DeviceRepository::devices() {
  std::vector<DeviceRecord> devices;
  auto rows = connection_.query(std::string(device_columns) + " ORDER BY kind DESC, till, enrolled_ms", store_id_);
  while (rows.next()) devices.push_back(read_device(rows));
  return devices;
}

std::optional<DeviceRecord> DeviceRepository::device(const std::string& id) {
  auto rows = connection_.query(std::string(device_columns) + " AND device_id = ? FOR UPDATE", store_id_, id);
  if (!rows.next()) return std::nullopt;
  return read_device(rows);
}

std::vector<journal::PublicKey> DeviceRepository::keys_of_till(std::int64_t till) {
  std::vector<journal::PublicKey> keys;
  auto rows = connection_.query(
      "SELECT c.public_key FROM device_certificate c JOIN device d ON d.store_id = c.store_id AND d.device_id = "
      "c.device_id WHERE d.store_id = ? AND d.till = ? AND d.kind = 'till' GROUP BY c.public_key ORDER BY "
      "MAX(c.issued_ms) DESC",
      store_id_, till);
  while (rows.next()) keys.push_back(bytes32(rows.text(1)));
  return keys;
}

std::vector<CertificateRecord> DeviceRepository::certificates() {
  return read_certificates(connection_.query(
      std::string(certificate_columns) +
          " JOIN device d ON d.store_id = c.store_id AND d.device_id = c.device_id WHERE c.store_id = ? AND "
          "d.revoked_ms IS NULL ORDER BY c.device_id, c.issued_ms",
      store_id_));
}

std::vector<CertificateRecord> DeviceRepository::certificates_since(const std::string& device_id, Instant since) {
  return read_certificates(
      connection_.query(std::string(certificate_columns) +
                            " WHERE c.store_id = ? AND c.device_id = ? AND c.issued_ms >= ? ORDER BY c.issued_ms",
                        store_id_, device_id, since.unix_ms));
}

std::vector<journal::PublicKey> DeviceRepository::keys_of_device(const std::string& device_id) {
  std::vector<journal::PublicKey> keys;
  auto rows = connection_.query(
      "SELECT DISTINCT public_key FROM device_certificate WHERE store_id = ? AND device_id = ?", store_id_, device_id);
  while (rows.next()) keys.push_back(bytes32(rows.text(1)));
  return keys;
}

std::vector<std::string> DeviceRepository::owners_of_key(const journal::PublicKey& key) {
  std::vector<std::string> owners;
  auto rows = connection_.query(
      "SELECT DISTINCT device_id FROM device_certificate WHERE store_id = ? AND public_key = UNHEX(?)", store_id_,
      hex32(key));
  while (rows.next()) owners.push_back(rows.text(1));
  return owners;
}

void DeviceRepository::renew(const std::string& device_id, const CertificateRecord& certificate) {
  add_certificate(device_id, certificate);
  connection_.execute(
      "UPDATE device SET public_key = UNHEX(?), certificate_serial = ? WHERE store_id = ? AND device_id = ?",
      hex32(certificate.public_key), certificate.serial, store_id_, device_id);
}

void DeviceRepository::add_certificate(const std::string& device_id, const CertificateRecord& certificate) {
  connection_.execute(
      "INSERT INTO device_certificate (store_id, certificate_serial, device_id, public_key, issued_ms, "
      "issued_offset_min, expires_ms, certificate_pem) VALUES (?, ?, ?, UNHEX(?), ?, ?, ?, ?)",
      store_id_, certificate.serial, device_id, hex32(certificate.public_key), certificate.issued_at.instant.unix_ms,
      std::int64_t{certificate.issued_at.utc_offset_min}, certificate.expires_at.unix_ms, certificate.pem);
}

void DeviceRepository::end_certificate(const std::string& serial, Instant at) {
  connection_.execute(
      "UPDATE device_certificate SET ends_ms = ? WHERE store_id = ? AND certificate_serial = ? AND ends_ms IS NULL",
      at.unix_ms, store_id_, serial);
}

std::vector<std::int64_t> DeviceRepository::tills_in_use() {
  std::vector<std::int64_t> tills;
  auto rows = connection_.query(
      "SELECT DISTINCT till FROM device WHERE store_id = ? AND kind = 'till' AND revoked_ms IS NULL ORDER BY till",
      store_id_);
  while (rows.next()) tills.push_back(rows.integer(1));
  return tills;
}

void DeviceRepository::lock_numbers() {
  auto rows = connection_.query("SELECT store_id FROM store WHERE store_id = ? FOR UPDATE", store_id_);
  if (!rows.next()) throw Fault("db.no_store", "the store has not been set up");
}

std::int64_t DeviceRepository::next_till() {
  auto rows = connection_.query("SELECT COALESCE(MAX(till), 0) + 1 FROM device WHERE store_id = ?", store_id_);
  return rows.next() ? rows.integer(1) : 1;
}

void DeviceRepository::insert(const DeviceRecord& device) {
  connection_.execute(
      "INSERT INTO device (store_id, device_id, kind, name, till, public_key, certificate_serial, software, "
      "approved_by, enrolled_ms, enrolled_offset_min, address) VALUES (?,?,?,?,?,UNHEX(?),?,?,?,?,?,?)",
      store_id_, device.id, enum_text(device.kind), device.name, device.till, hex32(device.public_key),
      device.certificate_serial, device.software, device.approved_by, device.enrolled_at.instant.unix_ms,
      std::int64_t{device.enrolled_at.utc_offset_min}, device.address);
  add_certificate(device.id, {device.certificate_serial, device.public_key, device.enrolled_at,
                              device.certificate_expires_at, std::nullopt, "", device.id});
}

void DeviceRepository::revoke(const std::string& id, Instant at) {
  connection_.execute("UPDATE device SET revoked_ms = ? WHERE store_id = ? AND device_id = ? AND revoked_ms IS NULL",
                      at.unix_ms, store_id_, id);
}

void DeviceRepository::revoke_till(std::int64_t till, Instant at) {
  connection_.execute(
      "UPDATE device SET revoked_ms = ? WHERE store_id = ? AND till = ? AND kind = 'till' AND revoked_ms IS NULL",
      at.unix_ms, store_id_, till);
}

void DeviceRepository::save_contact(const std::string& id, const ZonedTime& at, const std::string& address) {
  connection_.execute(
      "UPDATE device SET last_contact_ms = ?, last_contact_offset_min = ?, address = ? WHERE store_id = ? AND "
      "device_id = ?",
      at.instant.unix_ms, std::int64_t{at.utc_offset_min}, address, store_id_, id);
}

void DeviceRepository::insert(const EnrolmentRecord& record, Instant now) {
  connection_.execute("DELETE FROM enrolment WHERE store_id = ? AND expires_ms < ?", store_id_,
                      now.unix_ms - forget_after_ms);
  connection_.execute(
      "INSERT INTO enrolment (store_id, enrolment_id, poll_secret_hash, code, state, wrong_codes, kind, device_name, "
      "address, software, public_key, asked_ms, asked_offset_min, expires_ms, device_id, till, certificate_pem) VALUES "
      "(?,?,UNHEX(?),?,?,?,?,?,?,?,UNHEX(?),?,?,?,?,?,?)",
      store_id_, record.id, hex32(record.poll_secret_hash), record.code, enum_text(record.state), record.wrong_codes,
      enum_text(record.kind), record.device_name, record.address, record.software, hex32(record.public_key),
      record.asked_at.instant.unix_ms, std::int64_t{record.asked_at.utc_offset_min}, record.expires_at.unix_ms,
      record.device_id, record.till, record.certificate_pem);
}

std::int64_t DeviceRepository::count_waiting(Instant now) {
  auto rows =
      connection_.query("SELECT COUNT(*) FROM enrolment WHERE store_id = ? AND expires_ms > ? AND state = 'waiting'",
                        store_id_, now.unix_ms);
  return rows.next() ? rows.integer(1) : 0;
}

std::vector<EnrolmentRecord> DeviceRepository::waiting(Instant now) {
  std::vector<EnrolmentRecord> records;
  auto rows = connection_.query(
      std::string(enrolment_columns) + " AND expires_ms > ? AND state = 'waiting' ORDER BY asked_ms, enrolment_id",
      store_id_, now.unix_ms);
  while (rows.next()) records.push_back(read_record(rows));
  return records;
}

std::optional<EnrolmentRecord> DeviceRepository::enrolment(const std::string& id) {
  auto rows = connection_.query(std::string(enrolment_columns) + " AND enrolment_id = ? FOR UPDATE", store_id_, id);
  if (!rows.next()) return std::nullopt;
  return read_record(rows);
}

std::optional<EnrolmentRecord> DeviceRepository::read_enrolment(const std::string& id) {
  auto rows = connection_.query(std::string(enrolment_columns) + " AND enrolment_id = ?", store_id_, id);
  if (!rows.next()) return std::nullopt;
  return read_record(rows);
}

void DeviceRepository::save(const EnrolmentRecord& record) {
  connection_.execute(
      "UPDATE enrolment SET state = ?, wrong_codes = ?, device_id = ?, till = ?, certificate_pem = ? WHERE store_id = "
      "? "
      "AND enrolment_id = ?",
      enum_text(record.state), record.wrong_codes, record.device_id, record.till, record.certificate_pem, store_id_,
      record.id);
}

}  // namespace lanekeeper::storage

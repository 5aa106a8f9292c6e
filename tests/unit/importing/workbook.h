// Small .xlsx files made by hand, so that tests know every byte of them.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace lanekeeper::testing {

// The parts of a workbook with one sheet; sheet_data is what stands between <sheetData> and </sheetData>.
[[nodiscard]] std::map<std::string, std::string> workbook_parts(const std::string& sheet_data,
                                                                const std::vector<std::string>& shared_strings = {});
[[nodiscard]] std::string zip(const std::map<std::string, std::string>& parts);
[[nodiscard]] std::string workbook(const std::string& sheet_data, const std::vector<std::string>& shared_strings = {});
// Rows of inline strings.
[[nodiscard]] std::string workbook_of(const std::vector<std::vector<std::string>>& rows);

}  // namespace lanekeeper::testing

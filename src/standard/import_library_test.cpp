#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "standard/import.hpp"
#include "standard/library.hpp"

namespace genmei::standard {
namespace {

// What the shipped catalogues expect is what the official documents have: the two were made apart from each other.
class OfficialAgainstLibrary : public testing::TestWithParam<std::pair<const char*, std::size_t>> {};

TEST_P(OfficialAgainstLibrary, FindsEveryItemOfTheCatalogue) {
  const auto [name, count] = GetParam();
  const std::string path = std::string(GENMEI_SOURCE_DIR) + "/../shared/sources/" + name;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "not beside the repository: ../shared/sources/" << name;
  const auto library = Library::load(std::string(GENMEI_SOURCE_DIR) + "/data");
  ASSERT_TRUE(library.ok());
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const auto result = import_official(text.str(), *library);
  ASSERT_TRUE(result.ok()) << result.problems().list.front().code;
  EXPECT_EQ(result->items.size(), count);
  for (const auto& one : result->missing) ADD_FAILURE() << one.part << " " << one.id;
  for (const auto& item : result->items) {
    if (item.part == "III") continue;  // examples of a part we only know the frame of
    const auto index = library->find(item.standard, item.part, item.id);
    ASSERT_TRUE(index.has_value()) << item.part << " " << item.id;
    const auto& known = *library->entry(*index).item;
    EXPECT_EQ(known.kind, item.kind) << item.part << " " << item.id;
    if (item.part == "basic-assertion") {
      EXPECT_EQ(known.assertion_differs, !item.differs_from.empty()) << item.id;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sources, OfficialAgainstLibrary,
                         testing::Values(std::pair{"cloud-ism-2013.txt", std::size_t{2931}},
                                         std::pair{"asp-saas-guideline-part2.txt", std::size_t{98}},
                                         std::pair{"isms-regulation-2022.txt", std::size_t{97}},
                                         std::pair{"asp-saas-study-report.txt", std::size_t{5}}));

}  // namespace
}  // namespace genmei::standard

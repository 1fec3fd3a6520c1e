#include "method/classify.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "method/method_fixture.hpp"

namespace genmei::method {
namespace {

using testing_data::knowledge;

Classification of_type(std::string type) {
  ClassifyInput input;
  input.type = std::move(type);
  return classify(knowledge(), input);
}

TEST(Classify, T01ToT06TypesOfTheList) {
  const auto records = of_type("電子カルテ");
  EXPECT_EQ(records.pattern, 1);  // T01
  EXPECT_EQ(records.confidentiality, Grade::high);
  EXPECT_EQ(records.integrity, Grade::high);
  EXPECT_EQ(records.availability, Grade::high);
  EXPECT_EQ(of_type("グループウェア").pattern, 2);      // T02
  EXPECT_EQ(of_type("メール配信").pattern, 3);          // T03
  const auto monitoring = of_type("ネットワーク監視");  // T04
  EXPECT_EQ(monitoring.pattern, 4);
  EXPECT_EQ(monitoring.confidentiality, Grade::low);
  EXPECT_EQ(monitoring.availability, Grade::high);
  EXPECT_EQ(of_type("電話会議/TV会議/Web会議").pattern, 6);  // T06
}

TEST(Classify, T05AndT07DocumentManagementGoesByTheDocumentsHeld) {
  ClassifyInput input;
  input.type = "文書管理";
  input.important_documents = false;
  EXPECT_EQ(classify(knowledge(), input).pattern, 5);  // T05
  input.important_documents = true;
  EXPECT_EQ(classify(knowledge(), input).pattern, 1);  // T07
  input.important_documents.reset();
  const auto open = classify(knowledge(), input);
  EXPECT_EQ(open.pattern, std::nullopt);
  EXPECT_EQ(open.candidates, (std::vector<int>{1, 5}));
  EXPECT_EQ(open.variants.size(), 2U);
  input.personal_data = true;  // figure 24 divides by personal data and trade secrets
  EXPECT_EQ(classify(knowledge(), input).pattern, 1);
}

TEST(Classify, T09OrderProcessingShowsBothReadings) {
  const auto result = of_type("受発注");
  EXPECT_EQ(result.pattern, 1);
  ASSERT_TRUE(result.conflict);
  EXPECT_EQ(result.conflict->kind, "figures");
  EXPECT_EQ(result.conflict->first, 2);
  EXPECT_EQ(result.conflict->second, 1);
  EXPECT_NE(result.conflict->text.ja.find("図表23"), std::string::npos);
  EXPECT_NE(result.conflict->text.ja.find("図表24"), std::string::npos);
  EXPECT_NE(result.conflict->text.en.find("figure 23 give pattern 2"), std::string::npos);
}

TEST(Classify, T10VideoSurveillanceHasToBeJudged) {
  const auto result = of_type("映像監視");
  EXPECT_EQ(result.pattern, std::nullopt);
  EXPECT_EQ(result.candidates, (std::vector<int>{1, 2, 3, 4, 5, 6}));
  EXPECT_FALSE(result.basis.empty());
}

TEST(Classify, T12AnUnlistedTypeHasToBeJudgedUntilTheAnswersDecide) {
  ClassifyInput input;
  input.type = "宇宙旅行予約";
  EXPECT_EQ(classify(knowledge(), input).pattern, std::nullopt);
  input.personal_data = true;
  const auto half = classify(knowledge(), input);
  EXPECT_EQ(half.pattern, std::nullopt);
  EXPECT_EQ(half.confidentiality, Grade::high);
  EXPECT_EQ(half.candidates, (std::vector<int>{1, 2, 3}));
  input.stop_effect = StopEffect::core_work;
  EXPECT_EQ(classify(knowledge(), input).pattern, 2);
}

TEST(Classify, T13OneRecordOfPersonalDataAndPartialLossIsPattern2) {
  ClassifyInput input;
  input.personal_data = true;
  input.stop_effect = StopEffect::partial_loss;
  const auto result = classify(knowledge(), input);
  EXPECT_EQ(result.confidentiality, Grade::high);
  EXPECT_EQ(result.availability, Grade::medium);
  EXPECT_EQ(result.pattern, 2);
}

TEST(Classify, T16IntegrityIsHighWhateverTheAnswers) {
  for (const bool personal : {true, false}) {
    for (const bool secret : {true, false}) {
      for (const auto effect : {StopEffect::must_run, StopEffect::severe_loss, StopEffect::partial_loss,
                                StopEffect::core_work, StopEffect::none}) {
        ClassifyInput input;
        input.personal_data = personal;
        input.trade_secret = secret;
        input.stop_effect = effect;
        const auto result = classify(knowledge(), input);
        EXPECT_EQ(result.integrity, Grade::high);
        const auto confidentiality = personal || secret ? Grade::high : Grade::low;
        EXPECT_EQ(result.pattern, pattern_of(confidentiality, grade_of(effect)));
        EXPECT_EQ(result.candidates, std::vector<int>{*result.pattern});
      }
    }
  }
}

TEST(Classify, LowConfidentialityNeedsBothAnswers) {
  ClassifyInput input;
  input.personal_data = false;
  input.stop_effect = StopEffect::none;
  const auto result = classify(knowledge(), input);
  EXPECT_EQ(result.pattern, std::nullopt);
  EXPECT_EQ(result.candidates, (std::vector<int>{3, 6}));
}

TEST(Classify, T17AJudgementNeedsReasonAndJudge) {
  const Date day = std::chrono::year{2026} / 6 / 12;
  const auto refused = judge(2, " ", "", day);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.problems().list.size(), 2U);
  EXPECT_EQ(refused.problems().list[0].code, "method.judgement-reason");
  EXPECT_EQ(refused.problems().list[1].code, "method.judgement-judge");
  EXPECT_TRUE(judge(2, "個人情報を預かり、停止は部分的な損失になる", "高崎", day));
  EXPECT_FALSE(judge(7, "理由", "高崎", day));
}

TEST(Classify, T18OnlineStorageInheritsTheAvailabilityOfWhatItHosts) {
  ClassifyInput input;
  input.type = "オンラインストレージ";
  input.hosted_patterns = {1};
  const auto open = classify(knowledge(), input);
  EXPECT_EQ(open.availability, Grade::high);
  EXPECT_EQ(open.pattern, std::nullopt);
  EXPECT_EQ(open.candidates, (std::vector<int>{1, 4}));
  input.trade_secret = true;
  const auto result = classify(knowledge(), input);
  EXPECT_EQ(result.pattern, 1);
  EXPECT_EQ(result.type, "online-storage-confidential");
  input.hosted_patterns = {6, 2};
  EXPECT_EQ(classify(knowledge(), input).pattern, 2);
  input.hosted_patterns.clear();
  EXPECT_EQ(classify(knowledge(), input).candidates, (std::vector<int>{1, 2, 3}));
}

TEST(Classify, AuthenticationLeavesOnlyAvailabilityOpen) {
  const auto open = of_type("認証サービス");
  EXPECT_EQ(open.confidentiality, Grade::high);
  EXPECT_EQ(open.candidates, (std::vector<int>{1, 2, 3}));
}

TEST(Classify, TypesOnlyInFigure23TakeTheirMarks) {
  EXPECT_EQ(of_type("セキュリティサービス(大規模)").pattern, 1);
  EXPECT_EQ(of_type("security-service-basic-antivirus").pattern, 6);
}

TEST(Classify, AnswersThatContradictTheListAreShownWithBothReadings) {
  ClassifyInput input;
  input.type = "グループウェア";
  input.stop_effect = StopEffect::must_run;
  const auto result = classify(knowledge(), input);
  EXPECT_EQ(result.pattern, 1);
  ASSERT_TRUE(result.conflict);
  EXPECT_EQ(result.conflict->kind, "answers");
  EXPECT_EQ(result.conflict->first, 2);
  EXPECT_EQ(result.conflict->second, 1);
  input.stop_effect = StopEffect::core_work;  // agrees with the list
  EXPECT_FALSE(classify(knowledge(), input).conflict);
}

// Every type gives what figure 24 or the marks say: 15, 14, 12, 1, 2 and 12 entries; 14 are open.
TEST(Classify, AllSeventyTypes) {
  EXPECT_EQ(knowledge().types.size(), 70U);
  std::array<int, 7> counts{};
  for (const auto& type : knowledge().types) {
    const auto result = of_type(type.id);
    ++counts[static_cast<std::size_t>(result.pattern.value_or(0))];
    EXPECT_EQ(result.pattern, type.pattern) << type.id;
    if (!type.pattern) {
      EXPECT_EQ(result.candidates, type.candidates) << type.id;
    }
    for (const auto& step : result.basis) {
      EXPECT_FALSE(step.text.ja.empty()) << type.id << " " << step.rule;
      EXPECT_FALSE(step.source.empty()) << type.id << " " << step.rule;
    }
    // Printed names find the type again, in both languages.
    const auto named = knowledge().types_named(type.name.ja);
    EXPECT_NE(std::find(named.begin(), named.end(), &type), named.end()) << type.id;
    EXPECT_FALSE(knowledge().types_named(type.name.en).empty()) << type.id;
  }
  EXPECT_EQ(counts, (std::array<int, 7>{14, 15, 14, 12, 1, 2, 12}));
}

TEST(Classify, SearchFoldsAndRanks) {
  const auto first = [](std::string_view text) {
    const auto found = knowledge().search_types(text);
    return found.empty() ? std::string() : found.front()->id;
  };
  EXPECT_EQ(first("ｸﾞﾙｰﾌﾟｳｪｱ"), "groupware");
  EXPECT_EQ(first("ぐるーぷ"), "groupware");
  EXPECT_EQ(first("crm"), "crm-sales-support");
  EXPECT_EQ(first("web会議"), "conferencing");
  EXPECT_EQ(knowledge().search_types("").size(), 70U);
  EXPECT_TRUE(knowledge().search_types("存在しない種別").empty());
}

TEST(Classify, JsonKeepsItsContract) {
  const auto parsed = json::parse(to_json(of_type("受発注")));
  ASSERT_TRUE(parsed);
  const auto& object = parsed->as_object();
  EXPECT_EQ(json::integer(object, "pattern"), 1);
  EXPECT_EQ(json::text(object, "confidentiality"), "high");
  EXPECT_EQ(json::text(object, "integrity"), "high");
  EXPECT_EQ(json::text(object, "availability"), "high");
  EXPECT_EQ(json::integer(object.at("conflict").as_object(), "figure23"), 2);
  EXPECT_EQ(object.at("candidates").as_array().size(), 1U);
  EXPECT_FALSE(object.at("basis").as_array().empty());
  const auto open = json::parse(to_json(of_type("映像監視")));
  ASSERT_TRUE(open);
  EXPECT_TRUE(open->as_object().at("pattern").is_null());
  EXPECT_EQ(open->as_object().at("candidates").as_array().size(), 6U);
}

TEST(Classify, T22EachSectionIsAProviderOfItsOwn) {
  const std::vector<ServiceLine> services = {
      {"勤怠", "第一事業部", 2}, {"保管", "第二事業部", 1}, {"会議", "第一事業部", 6}};
  const auto result = providers(services);
  ASSERT_EQ(result.size(), 2U);
  EXPECT_EQ(result[0].services.size(), 2U);
  EXPECT_EQ(result[1].services.front().pattern, 1);
}

}  // namespace
}  // namespace genmei::method

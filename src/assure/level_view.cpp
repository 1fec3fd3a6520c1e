// Evaluation items and patterns of the method as the reports show them.
#include "assure/views.hpp"

namespace genmei::assure {
namespace {

report::PatternFacts::Level level_of(method::Grade grade) {
  using Level = report::PatternFacts::Level;
  if (grade == method::Grade::low) return Level::low;
  return grade == method::Grade::medium ? Level::medium : Level::high;
}

report::Judgement judgement_of(const operate::LevelRow& row) {
  using report::Judgement;
  if (row.stale && row.verdict == method::Verdict::not_measured) return Judgement::stale;
  switch (row.verdict) {
    case method::Verdict::met:
      return Judgement::met;
    case method::Verdict::not_met:
      return Judgement::missed;
    case method::Verdict::shortfall_to_explain:
      return Judgement::to_explain;
    case method::Verdict::free:
      return Judgement::free;
    case method::Verdict::not_measured:
      break;
  }
  return Judgement::not_measured;
}

}  // namespace

report::PatternFacts pattern_facts(const method::Classification& classification) {
  report::PatternFacts out;
  out.pattern = classification.pattern;
  if (!out.pattern) return out;
  out.confidentiality = level_of(method::confidentiality_of(*out.pattern));
  out.availability = level_of(method::availability_of(*out.pattern));
  out.integrity = level_of(classification.integrity);
  return out;
}

report::LevelView level_view(const Source& source, const operate::LevelRow& row) {
  const auto& library = source.library();
  const auto text = [&](double value, standard::Operator op) {
    return method::to_text(method::Level{value, op, row.required.unit, false, false}, library, source.language());
  };
  report::LevelView out;
  out.item = standard::label(*library.entry(row.item).item, source.language());
  out.free = !row.reference.value.has_value();
  out.reference = row.reference.value;
  // The asterisk is drawn by the report, so it must not stand in the text as well.
  if (row.reference.value) out.reference_text = text(*row.reference.value, row.reference.op);
  out.must_reach = row.required.must_reach;
  out.at_least = row.required.op != standard::Operator::at_most;
  out.reached = row.measured;
  if (row.measured) out.reached_text = text(*row.measured, standard::Operator::none);
  out.contract = row.contract;
  if (row.contract) out.contract_text = text(*row.contract, row.required.op);
  if (row.measurement) {
    if (const auto day = parse_date(row.measurement->text("period_to"))) out.measured_on = *day;
  }
  out.judgement = judgement_of(row);
  return out;
}

}  // namespace genmei::assure

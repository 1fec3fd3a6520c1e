#include "store/database.hpp"
#include "store/problems.hpp"
namespace genmei::store {
Result<std::unique_ptr<Database>> open_postgres(const Config&) { return failed("not built"); }
}  // namespace genmei::store

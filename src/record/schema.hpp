// Tables of the kinds in the database: made from the declarations, grown by themselves when a declaration only adds (a
// new kind, field, index); anything else needs a written migration, and start-up says so (schema.migration).
#pragma once

#include "record/kind.hpp"
#include "store/database.hpp"

namespace genmei::record {

// Brings the database to the declared state; idempotent. Errors: schema.migration when a column that exists has another
// type than declared.
Result<void> migrate(store::Connection& connection, const Registry& registry);

// Name of the table that holds the targets of a many-valued reference.
std::string link_table(const Kind& kind, const Field& field);
// Columns every table starts with, in order.
const std::vector<std::string>& base_columns();

}  // namespace genmei::record

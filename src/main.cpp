#include "cli/command.hpp"

int main(int count, char** words) { return genmei::cli::run(count, words); }

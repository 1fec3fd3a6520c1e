// The kinds with logic of their own, as hooks of the record engine: what the method computes for a service, digests of
// evidence, staleness, rules between requirement and safeguard. One function per kind, registered in one place.
#pragma once

namespace genmei::operate {

class Workspace;
void add_hooks(Workspace& workspace);

}  // namespace genmei::operate

/// One vocabulary for tests of rules: given what happened, when something is asked, then these
/// facts. Without mocks, clocks or brokers.
@NullMarked
package io.kiroku.testing;

import org.jspecify.annotations.NullMarked;

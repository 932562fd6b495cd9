/// Answers that go on: streams of what changes, at the pace of who reads them.
@NullMarked
package io.kiroku.query.watch;

import org.jspecify.annotations.NullMarked;

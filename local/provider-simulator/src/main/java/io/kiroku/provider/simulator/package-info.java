/// A payment provider and a carrier to try the platform with, over HTTP as `docs/providers.md`
/// says. They move nothing, but they remember every key: their book can be held against ours.
@NullMarked
package io.kiroku.provider.simulator;

import org.jspecify.annotations.NullMarked;

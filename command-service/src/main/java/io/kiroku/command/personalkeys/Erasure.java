package io.kiroku.command.personalkeys;

import java.time.Instant;

/// A person's key is gone.
///
/// @param keyCreatedAt when the key was made that is gone now
/// @param forgottenAt when the last instance's memory has lost it, too
record Erasure(Instant keyCreatedAt, Instant erasedAt, Instant forgottenAt) {}

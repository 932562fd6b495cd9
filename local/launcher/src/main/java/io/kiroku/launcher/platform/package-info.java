/// The platform as a library: which processes there are, how each is started, watched, killed and
/// stopped. Used by the command line and by the end-to-end tests.
@NullMarked
package io.kiroku.launcher.platform;

import org.jspecify.annotations.NullMarked;

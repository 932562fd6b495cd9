/// Tests of the platform library; the integration tests start real servers on free ports. Nothing
/// runs on after them.
@NullMarked
package io.kiroku.launcher.platform;

import org.jspecify.annotations.NullMarked;

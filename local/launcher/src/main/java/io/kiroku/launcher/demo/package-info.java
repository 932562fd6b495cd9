/// The guided tour: fills a small shop, lets orders succeed, fail and compensate before your eyes,
/// and audits what is left.
@NullMarked
package io.kiroku.launcher.demo;

import org.jspecify.annotations.NullMarked;

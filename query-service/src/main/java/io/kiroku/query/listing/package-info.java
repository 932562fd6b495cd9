/// Lists by declared fields: what can be filtered, sorted and searched is said once, and gives the
/// query, its checks and the indexes it needs.
@NullMarked
package io.kiroku.query.listing;

import org.jspecify.annotations.NullMarked;

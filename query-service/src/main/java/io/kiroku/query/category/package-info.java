/// A tenant's categories: one tree, one document. Unique names and the absence of cycles are the
/// stream's business, so the tree is taken as it comes.
@NullMarked
package io.kiroku.query.category;

import org.jspecify.annotations.NullMarked;

package io.kiroku.gateway.category;

/// Where to find the new category.
///
/// @param revision of the tree of categories
record CreatedCategory(String categoryId, long revision) {}

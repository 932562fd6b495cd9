package io.kiroku.gateway.category;

import java.util.List;

/// All categories.
record Categories(List<Category> categories) {}

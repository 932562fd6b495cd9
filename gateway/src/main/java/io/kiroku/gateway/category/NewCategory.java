package io.kiroku.gateway.category;

import io.kiroku.gateway.request.Checks;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import org.jspecify.annotations.Nullable;

/// A category to be created.
///
/// @param expectedRevision revision that the tree of categories must have; absent: any
record NewCategory(
    @Nullable String name,
    @Nullable String description,
    @Nullable String parentCategoryId,
    @Nullable Long expectedRevision) {
  CreateCategoryRequest toRequest(@Nullable Long expected) {
    Checks checks = new Checks();
    CreateCategoryRequest.Builder request =
        CreateCategoryRequest.newBuilder()
            .setName(checks.text("name", name, 100))
            .setDescription(checks.optionalText("description", description, 2_000));
    String parent = checks.optionalId("parentCategoryId", parentCategoryId);
    if (parent != null) {
      request.setParentCategoryId(parent);
    }
    if (expected != null) {
      request.setExpectedRevision(checks.within("expectedRevision", expected, -1, Long.MAX_VALUE));
    }
    checks.done();
    return request.build();
  }
}

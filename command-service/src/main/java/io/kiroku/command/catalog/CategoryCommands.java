package io.kiroku.command.catalog;

import io.kiroku.catalog.CategoryCommand;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryTree;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.Folded;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.MoveCategoryRequest;
import io.kiroku.proto.catalog.v1.UpdateCategoryRequest;
import io.kiroku.shared.CategoryId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Commands on a tenant's tree of categories, from the fields of a request to the outcome.
@Singleton
class CategoryCommands {
  private static final int NAME_MOST = 100;
  private static final int DESCRIPTION_MOST = 2_000;

  private final CommandHandler<CategoryCommand, CategoryTree, CategoryEvent> categories;
  private final Clock clock;

  CategoryCommands(
      CommandHandler<CategoryCommand, CategoryTree, CategoryEvent> categories, Clock clock) {
    this.categories = categories;
    this.clock = clock;
  }

  Uni<Boolean> exists(String tenant, CategoryId category) {
    return tree(tenant).map(tree -> tree.state().has(category));
  }

  /// As it is now.
  Uni<Folded<CategoryTree>> tree(String tenant) {
    return categories.load(treeOf(tenant));
  }

  Uni<CommandOutcome<CategoryTree, CategoryEvent>> create(
      CommandCall call, CategoryId id, CreateCategoryRequest request) {
    Fields fields = texts(request.getName(), request.getDescription());
    Optional<UUID> parent =
        request.hasParentCategoryId()
            ? fields.uuid("parent_category_id", request.getParentCategoryId())
            : Optional.empty();
    fields.verify();
    return handle(
        call,
        new CategoryCommand.CreateCategory(
            id,
            request.getName(),
            request.getDescription(),
            parent.map(CategoryId::new).orElse(null),
            clock.instant()),
        request.hasExpectedRevision()
            ? Optional.of(request.getExpectedRevision())
            : Optional.empty());
  }

  Uni<CommandOutcome<CategoryTree, CategoryEvent>> update(
      CommandCall call, UpdateCategoryRequest request) {
    Fields fields = texts(request.getName(), request.getDescription());
    Optional<UUID> id = fields.uuid("category_id", request.getCategoryId());
    fields.verify();
    return handle(
        call,
        new CategoryCommand.UpdateCategory(
            new CategoryId(id.orElseThrow()),
            request.getName(),
            request.getDescription(),
            clock.instant()),
        request.hasExpectedRevision()
            ? Optional.of(request.getExpectedRevision())
            : Optional.empty());
  }

  Uni<CommandOutcome<CategoryTree, CategoryEvent>> move(
      CommandCall call, MoveCategoryRequest request) {
    Fields fields = new Fields();
    Optional<UUID> id = fields.uuid("category_id", request.getCategoryId());
    Optional<UUID> parent =
        request.hasParentCategoryId()
            ? fields.uuid("parent_category_id", request.getParentCategoryId())
            : Optional.empty();
    fields.verify();
    return handle(
        call,
        new CategoryCommand.MoveCategory(
            new CategoryId(id.orElseThrow()),
            parent.map(CategoryId::new).orElse(null),
            clock.instant()),
        request.hasExpectedRevision()
            ? Optional.of(request.getExpectedRevision())
            : Optional.empty());
  }

  /// Only as the last step of [CategoryDeletion].
  ///
  /// @param hasProducts whether products may be in it: then it is refused, if for nothing else
  Uni<CommandOutcome<CategoryTree, CategoryEvent>> delete(
      CategoryId id, boolean hasProducts, CommandContext context) {
    return categories.handle(
        treeOf(context.tenant()),
        new CategoryCommand.DeleteCategory(id, hasProducts, clock.instant()),
        context);
  }

  private Uni<CommandOutcome<CategoryTree, CategoryEvent>> handle(
      CommandCall call, CategoryCommand command, Optional<Long> expectedRevision) {
    return categories.handle(
        treeOf(call.caller().tenant()), command, call.context(expectedRevision.orElse(null)));
  }

  private static Fields texts(String name, String description) {
    return new Fields()
        .neededText("name", name, NAME_MOST)
        .text("description", description, DESCRIPTION_MOST);
  }

  static StreamId treeOf(String tenant) {
    return StreamId.of("categories", tenant);
  }
}

package io.kiroku.command.catalog;

import io.kiroku.catalog.CategoryCommand;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryTree;
import io.kiroku.catalog.CategoryTreeDecider;
import io.kiroku.catalog.Product;
import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductDecider;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.Shelf;
import io.kiroku.catalog.ShelfDecider;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.decider.Decider;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.Folded;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The catalog's commands in one process; several may stand on one store.
final class CatalogProcess {
  static final String TENANT = "default";
  private static final Currency YEN = Currency.getInstance("JPY");

  final CommandHandler<CategoryCommand, CategoryTree, CategoryEvent> trees;
  final CommandHandler<ProductCommand, Product, ProductEvent> products;
  final Shelves shelves;
  private final CategoryCommands categories;
  private final ProductPlacing placing;
  private final CategoryDeletion deletion;

  CatalogProcess(EventStore store, EventLog log) {
    trees = handler(new CategoryTreeDecider(), store, CategoryTree.class);
    products = handler(new ProductDecider(), store, Product.class);
    shelves = new Shelves(handler(new ShelfDecider(), store, Shelf.class), Clock.systemUTC());
    categories = new CategoryCommands(trees, Clock.systemUTC());
    placing = new ProductPlacing(products, categories, shelves);
    deletion =
        new CategoryDeletion(
            categories,
            shelves,
            new ShelvedProducts(products, Clock.systemUTC()),
            new UnshelvedProducts(log, new Products(products)));
  }

  private static <C, S, E> CommandHandler<C, S, E> handler(
      Decider<C, S, E> decider, EventStore store, Class<S> state) {
    return new CommandHandler<>(
        decider,
        StoredEvents.codec(PersonKeys.NONE),
        store,
        Snapshots.none(state),
        OlderCommands.scanning(store),
        HandlerLimits.DEFAULT);
  }

  /// @param key the same for the same command
  static CommandContext command(String key, @Nullable Long expectedRevision) {
    UUID id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    return new CommandContext(id, key, "staff", TENANT, id, id, null, null, expectedRevision);
  }

  static CommandContext command() {
    return command(UUID.randomUUID().toString(), null);
  }

  CommandOutcome<?, ?> createCategory(CategoryId id, @Nullable CategoryId parent) {
    var create = new CategoryCommand.CreateCategory(id, id.toString(), "", parent, Instant.EPOCH);
    return await(trees.handle(CategoryCommands.treeOf(TENANT), create, command()));
  }

  CommandOutcome<?, ?> deleteCategory(CategoryId id) {
    return deleteCategory(id, command());
  }

  CommandOutcome<?, ?> deleteCategory(CategoryId id, CommandContext context) {
    return await(deletion.delete(id, context));
  }

  CommandOutcome<?, ?> create(ProductId id, CategoryId category) {
    return create(id, category, command());
  }

  CommandOutcome<?, ?> create(ProductId id, CategoryId category, CommandContext context) {
    return await(placing.put(id, category, letIn -> creation(id, category, letIn), context));
  }

  /// As it was done before there were shelves.
  void createUnshelved(ProductId id, CategoryId category) {
    await(products.handle(Products.stream(id), creation(id, category, true), command()));
  }

  private static ProductCommand creation(ProductId id, CategoryId category, boolean letIn) {
    return new ProductCommand.CreateProduct(
        id, "Bowl", "", Money.yen(1_000), category, letIn, YEN, Instant.EPOCH);
  }

  CommandOutcome<?, ?> move(ProductId id, CategoryId to) {
    return move(id, to, command());
  }

  CommandOutcome<?, ?> move(ProductId id, CategoryId to, CommandContext context) {
    return await(
        placing.put(
            id,
            to,
            letIn -> new ProductCommand.ChangeProductCategory(id, to, letIn, Instant.EPOCH),
            context));
  }

  void discontinue(ProductId id) {
    var discontinue = new ProductCommand.DiscontinueProduct(id, Instant.EPOCH);
    await(products.handle(Products.stream(id), discontinue, command()));
  }

  boolean exists(CategoryId id) {
    return await(categories.exists(TENANT, id));
  }

  boolean isIn(ProductId id, CategoryId category) {
    return await(products.load(Products.stream(id))).state() instanceof OnSale onSale
        && onSale.isIn(category);
  }

  Folded<Shelf> shelf(CategoryId id) {
    return await(shelves.load(id));
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(10));
  }
}

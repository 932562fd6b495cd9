package io.kiroku.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.CategoryCommand.CreateCategory;
import io.kiroku.catalog.CategoryCommand.DeleteCategory;
import io.kiroku.catalog.CategoryCommand.MoveCategory;
import io.kiroku.catalog.CategoryCommand.UpdateCategory;
import io.kiroku.catalog.CategoryTree.Node;
import io.kiroku.decider.Decision.Accepted;
import io.kiroku.shared.CategoryId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// Whatever is done to the tree, it stays one.
class CategoryTreePropertiesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final CategoryTreeDecider decider = new CategoryTreeDecider();

  @Property(tries = 1_000)
  void a_tree_has_no_cycle_no_orphan_and_no_two_siblings_of_one_name(
      @ForAll("work") List<CategoryCommand> commands) {
    CategoryTree tree = CategoryTree.EMPTY;
    for (CategoryCommand command : commands) {
      if (decider.decide(command, tree) instanceof Accepted<CategoryEvent>(var events)) {
        tree = decider.fold(tree, events);
      }
      assertIsTree(tree);
    }
  }

  private static void assertIsTree(CategoryTree tree) {
    Set<String> siblings = new HashSet<>();
    for (CategoryId category : tree.nodes().keySet()) {
      Set<CategoryId> way = new HashSet<>();
      for (CategoryId at = category; at != null; at = parent(tree, at)) {
        assertThat(way.add(at)).as("no cycle through %s", at).isTrue();
        assertThat(tree.has(at)).as("%s is there", at).isTrue();
      }
      Node node = tree.nodes().get(category);
      assertThat(siblings.add(node.parent() + node.name().toLowerCase(Locale.ROOT))).isTrue();
    }
  }

  private static @Nullable CategoryId parent(CategoryTree tree, CategoryId category) {
    Node node = tree.find(category);
    return node == null ? null : node.parent();
  }

  @Provide
  Arbitrary<List<CategoryCommand>> work() {
    Arbitrary<CategoryId> ids =
        Arbitraries.integers().between(0, 6).map(number -> new CategoryId(new UUID(0, number)));
    Arbitrary<@Nullable CategoryId> parents = ids.injectNull(0.3);
    Arbitrary<String> names = Arbitraries.of("Tea", "TEA", "Bowls", "Whisks", "Gifts", "New");
    Arbitrary<CategoryCommand> commands =
        Arbitraries.oneOf(
            Combinators.combine(ids, names, parents)
                .as((id, name, parent) -> new CreateCategory(id, name, "", parent, NOW)),
            Combinators.combine(ids, parents).as((id, parent) -> new MoveCategory(id, parent, NOW)),
            Combinators.combine(ids, parents).as((id, parent) -> new MoveCategory(id, parent, NOW)),
            Combinators.combine(ids, names).as((id, name) -> new UpdateCategory(id, name, "", NOW)),
            ids.map(id -> new DeleteCategory(id, false, NOW)));
    return commands.list().ofMaxSize(60);
  }
}

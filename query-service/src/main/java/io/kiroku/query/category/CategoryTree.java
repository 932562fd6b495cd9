package io.kiroku.query.category;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All categories of a tenant.
@RegisterForReflection
record CategoryTree(List<Node> nodes) {
  static final CategoryTree EMPTY = new CategoryTree(List.of());

  CategoryTree {
    nodes = List.copyOf(nodes);
  }

  /// @param parentId null for a category at the top
  @RegisterForReflection
  record Node(String categoryId, String name, String description, @Nullable String parentId) {
    Node saying(String nextName, String nextDescription) {
      return new Node(categoryId, nextName, nextDescription, parentId);
    }

    Node below(@Nullable String nextParent) {
      return new Node(categoryId, name, description, nextParent);
    }
  }

  CategoryTree with(Node node) {
    List<Node> more = new ArrayList<>(nodes);
    more.add(node);
    return new CategoryTree(more);
  }

  CategoryTree changed(String categoryId, UnaryOperator<Node> change) {
    return new CategoryTree(
        nodes.stream()
            .map(node -> node.categoryId().equals(categoryId) ? change.apply(node) : node)
            .toList());
  }

  CategoryTree without(String categoryId) {
    return new CategoryTree(
        nodes.stream().filter(node -> !node.categoryId().equals(categoryId)).toList());
  }

  Optional<Node> find(String categoryId) {
    return nodes.stream().filter(node -> node.categoryId().equals(categoryId)).findFirst();
  }

  /// Names from the root to the node.
  List<String> path(Node node) {
    Map<String, Node> byId =
        nodes.stream().collect(Collectors.toMap(Node::categoryId, Function.identity()));
    List<String> names = new ArrayList<>();
    for (Node at = node; at != null; at = at.parentId() == null ? null : byId.get(at.parentId())) {
      names.addFirst(at.name());
    }
    return names;
  }
}

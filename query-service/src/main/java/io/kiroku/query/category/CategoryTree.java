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

  /// A category as queries show it.
  ///
  /// @param path names from the root to this one
  @RegisterForReflection
  record Shown(
      String categoryId,
      String name,
      String description,
      @Nullable String parentId,
      List<String> path) {
    Shown {
      path = List.copyOf(path);
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

  Optional<Shown> find(String categoryId) {
    Map<String, Node> byId = byId();
    return Optional.ofNullable(byId.get(categoryId)).map(node -> shown(node, byId));
  }

  List<Shown> all() {
    Map<String, Node> byId = byId();
    return nodes.stream().map(node -> shown(node, byId)).toList();
  }

  private Map<String, Node> byId() {
    return nodes.stream().collect(Collectors.toMap(Node::categoryId, Function.identity()));
  }

  private static Shown shown(Node node, Map<String, Node> byId) {
    return new Shown(
        node.categoryId(), node.name(), node.description(), node.parentId(), path(node, byId));
  }

  private static List<String> path(Node node, Map<String, Node> byId) {
    List<String> names = new ArrayList<>();
    for (Node at = node; at != null; at = at.parentId() == null ? null : byId.get(at.parentId())) {
      names.addFirst(at.name());
    }
    return names;
  }
}

package io.kiroku.command.publisher;

import static io.kiroku.command.publisher.Published.timestamp;

import com.google.protobuf.Message;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.proto.catalog.v1.CatalogEvent;
import io.kiroku.proto.catalog.v1.CategoryCreated;
import io.kiroku.proto.catalog.v1.ProductCreated;
import java.util.Optional;

/// Which facts of the catalog are published, and as what.
final class CatalogMessages {
  private CatalogMessages() {}

  static Optional<Published> of(CategoryEvent event) {
    return switch (event) {
      case CategoryEvent.CategoryCreated created -> {
        CategoryCreated.Builder content =
            CategoryCreated.newBuilder()
                .setCategoryId(created.categoryId().toString())
                .setName(created.name())
                .setDescription(created.description())
                .setOccurredAt(timestamp(created.at()));
        var parent = created.parent();
        if (parent != null) {
          content.setParentCategoryId(parent.toString());
        }
        CategoryCreated message = content.build();
        yield published(
            created.categoryId(), message, CatalogEvent.newBuilder().setCategoryCreated(message));
      }
    };
  }

  static Optional<Published> of(ProductEvent event) {
    return switch (event) {
      case ProductEvent.ProductCreated created -> {
        ProductCreated content =
            ProductCreated.newBuilder()
                .setProductId(created.productId().toString())
                .setName(created.name())
                .setDescription(created.description())
                .setPriceMinorUnits(created.price().minorUnits())
                .setCurrency(created.price().currency().getCurrencyCode())
                .setCategoryId(created.categoryId().toString())
                .setOccurredAt(timestamp(created.at()))
                .build();
        yield published(
            created.productId(), content, CatalogEvent.newBuilder().setProductCreated(content));
      }
    };
  }

  private static Optional<Published> published(
      Object key, Message content, CatalogEvent.Builder envelope) {
    return Optional.of(Published.of(Topics.CATALOG_EVENTS, key, content, envelope.build()));
  }
}

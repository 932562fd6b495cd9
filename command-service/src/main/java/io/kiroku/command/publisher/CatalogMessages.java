package io.kiroku.command.publisher;

import static io.kiroku.command.call.ProtoTime.timestamp;

import com.google.protobuf.Message;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.catalog.ShelfEvent.ProductShelved;
import io.kiroku.catalog.ShelfEvent.ShelfClosed;
import io.kiroku.catalog.ShelfEvent.ShelfOpened;
import io.kiroku.catalog.ShelfEvent.ShelfReopened;
import io.kiroku.proto.catalog.v1.CatalogEvent;
import io.kiroku.proto.catalog.v1.CategoryCreated;
import io.kiroku.proto.catalog.v1.CategoryDeleted;
import io.kiroku.proto.catalog.v1.CategoryMoved;
import io.kiroku.proto.catalog.v1.CategoryUpdated;
import io.kiroku.proto.catalog.v1.ProductCategoryChanged;
import io.kiroku.proto.catalog.v1.ProductCreated;
import io.kiroku.proto.catalog.v1.ProductDiscontinued;
import io.kiroku.proto.catalog.v1.ProductPriceChanged;
import io.kiroku.proto.catalog.v1.ProductUpdated;
import java.util.Optional;

/// Which facts of the catalog are published, and as what.
final class CatalogMessages {
  private CatalogMessages() {}

  static Optional<Published> of(CategoryEvent event) {
    return switch (event) {
      case CategoryEvent.CategoryCreated e -> {
        CategoryCreated.Builder content =
            CategoryCreated.newBuilder()
                .setCategoryId(e.categoryId().toString())
                .setName(e.name())
                .setDescription(e.description())
                .setOccurredAt(timestamp(e.at()));
        var parent = e.parent();
        if (parent != null) {
          content.setParentCategoryId(parent.toString());
        }
        CategoryCreated message = content.build();
        yield published(
            e.categoryId(), message, CatalogEvent.newBuilder().setCategoryCreated(message));
      }
      case CategoryEvent.CategoryUpdated e -> {
        var content =
            CategoryUpdated.newBuilder()
                .setCategoryId(e.categoryId().toString())
                .setName(e.name())
                .setDescription(e.description())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.categoryId(), content, CatalogEvent.newBuilder().setCategoryUpdated(content));
      }
      case CategoryEvent.CategoryMoved e -> {
        CategoryMoved.Builder content =
            CategoryMoved.newBuilder()
                .setCategoryId(e.categoryId().toString())
                .setOccurredAt(timestamp(e.at()));
        var parent = e.parent();
        if (parent != null) {
          content.setParentCategoryId(parent.toString());
        }
        CategoryMoved message = content.build();
        yield published(
            e.categoryId(), message, CatalogEvent.newBuilder().setCategoryMoved(message));
      }
      case CategoryEvent.CategoryDeleted e -> {
        var content =
            CategoryDeleted.newBuilder()
                .setCategoryId(e.categoryId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.categoryId(), content, CatalogEvent.newBuilder().setCategoryDeleted(content));
      }
    };
  }

  static Optional<Published> of(ProductEvent event) {
    return switch (event) {
      case ProductEvent.ProductCreated e -> {
        var content =
            ProductCreated.newBuilder()
                .setProductId(e.productId().toString())
                .setName(e.name())
                .setDescription(e.description())
                .setPriceMinorUnits(e.price().minorUnits())
                .setCurrency(e.price().currency().getCurrencyCode())
                .setCategoryId(e.categoryId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, CatalogEvent.newBuilder().setProductCreated(content));
      }
      case ProductEvent.ProductUpdated e -> {
        var content =
            ProductUpdated.newBuilder()
                .setProductId(e.productId().toString())
                .setName(e.name())
                .setDescription(e.description())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, CatalogEvent.newBuilder().setProductUpdated(content));
      }
      case ProductEvent.ProductPriceChanged e -> {
        var content =
            ProductPriceChanged.newBuilder()
                .setProductId(e.productId().toString())
                .setPriceMinorUnits(e.price().minorUnits())
                .setCurrency(e.price().currency().getCurrencyCode())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, CatalogEvent.newBuilder().setProductPriceChanged(content));
      }
      case ProductEvent.ProductCategoryChanged e -> {
        var content =
            ProductCategoryChanged.newBuilder()
                .setProductId(e.productId().toString())
                .setCategoryId(e.categoryId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, CatalogEvent.newBuilder().setProductCategoryChanged(content));
      }
      case ProductEvent.ProductDiscontinued e -> {
        var content =
            ProductDiscontinued.newBuilder()
                .setProductId(e.productId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, CatalogEvent.newBuilder().setProductDiscontinued(content));
      }
      // Changes nothing that others could see.
      case ProductEvent.ProductTurnedAway _ -> Optional.empty();
    };
  }

  /// Between the catalog's own streams.
  static Optional<Published> of(ShelfEvent event) {
    return switch (event) {
      case ShelfOpened _, ProductShelved _, ShelfClosed _, ShelfReopened _ -> Optional.empty();
    };
  }

  private static Optional<Published> published(
      Object key, Message content, CatalogEvent.Builder envelope) {
    return Optional.of(Published.of(Topics.CATALOG_EVENTS, key, content, envelope.build()));
  }
}

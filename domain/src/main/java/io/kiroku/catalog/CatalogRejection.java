package io.kiroku.catalog;

import io.kiroku.decider.Rejection;

/// Why the catalog refuses a command.
public enum CatalogRejection implements Rejection {
  NAME_BLANK(Kind.INVALID, "The name is empty."),
  NAME_TOO_LONG(Kind.INVALID, "The name is longer than 200 characters."),
  DESCRIPTION_TOO_LONG(Kind.INVALID, "The description is longer than 4,000 characters."),
  PRICE_NOT_POSITIVE(Kind.INVALID, "The price must be more than zero."),
  PRICE_TOO_HIGH(Kind.INVALID, "The price is higher than the shop can sell at."),
  CURRENCY_NOT_SOLD_IN(Kind.INVALID, "The shop does not sell in that currency."),
  PARENT_CATEGORY_NOT_FOUND(Kind.NOT_FOUND, "There is no such parent category."),
  CATEGORY_NOT_FOUND(Kind.NOT_FOUND, "There is no such category."),
  CATEGORY_NAME_TAKEN(Kind.CONFLICT, "A sibling category has that name already."),
  CATEGORY_ALREADY_EXISTS(Kind.CONFLICT, "There is a category with that id already."),
  CATEGORY_CYCLE(Kind.FORBIDDEN_BY_STATE, "A category cannot be below itself."),
  CATEGORY_HAS_CHILDREN(Kind.FORBIDDEN_BY_STATE, "There are categories below it."),
  CATEGORY_HAS_PRODUCTS(Kind.FORBIDDEN_BY_STATE, "There are products on sale in it."),
  PRODUCT_NOT_FOUND(Kind.NOT_FOUND, "There is no such product."),
  PRODUCT_DISCONTINUED(Kind.FORBIDDEN_BY_STATE, "The product is not sold any more."),
  PRODUCT_ALREADY_EXISTS(Kind.CONFLICT, "There is a product with that id already.");

  private final Kind kind;
  private final String detail;

  CatalogRejection(Kind kind, String detail) {
    this.kind = kind;
    this.detail = detail;
  }

  @Override
  public String code() {
    return name();
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String detail() {
    return detail;
  }
}

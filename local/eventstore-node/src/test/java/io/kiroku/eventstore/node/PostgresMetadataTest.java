package io.kiroku.eventstore.node;

final class PostgresMetadataTest extends MetadataContract {
  PostgresMetadataTest() {
    super(Kind.POSTGRES);
  }
}

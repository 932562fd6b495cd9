package io.kiroku.eventstore.node;

final class MemoryMetadataTest extends MetadataContract {
  MemoryMetadataTest() {
    super(Kind.MEMORY);
  }
}

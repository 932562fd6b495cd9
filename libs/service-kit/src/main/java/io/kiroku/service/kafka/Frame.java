package io.kiroku.service.kafka;

import com.google.protobuf.ByteString;
import java.util.List;

/// A framed message taken apart.
///
/// @param schemaId the registry's id of the schema it was written with
/// @param indexes path of the message type in its file: `[0]` is the first, `[1, 0]` the first one
///   nested in the second
public record Frame(int schemaId, List<Integer> indexes, ByteString payload) {}

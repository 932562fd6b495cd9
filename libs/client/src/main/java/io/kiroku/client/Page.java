package io.kiroku.client;

import java.util.List;

/// @param nextPageToken empty on the last page
public record Page<T>(List<T> items, String nextPageToken) {}

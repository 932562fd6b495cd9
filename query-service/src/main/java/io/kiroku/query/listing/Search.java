package io.kiroku.query.listing;

import io.kiroku.service.error.Errors;
import java.util.List;
import org.bson.Document;

/// Finds what has, for each word that is asked for, a word that begins with it.
final class Search {
  private static final int CHARS_MAX = 200;
  private static final int WORDS_MAX = 10;
  private static final String FIELD = "search";
  private static final String AFTER_ALL = Character.toString(Character.MAX_CODE_POINT);

  private Search() {}

  /// None if nothing is searched. Fails with `INVALID_ARGUMENT`.
  ///
  /// @param path of the stored words
  static List<Document> conditions(String path, String text) {
    return words(text).stream().map(word -> new Document(path, beginsWith(word))).toList();
  }

  /// None if nothing is searched. Fails with `INVALID_ARGUMENT`.
  static List<String> words(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.codePointCount(0, text.length()) > CHARS_MAX) {
      throw Errors.invalid(FIELD, "is longer than " + CHARS_MAX);
    }
    List<String> words = Words.of(text);
    if (words.isEmpty() || words.size() > WORDS_MAX) {
      throw Errors.invalid(FIELD, "must be 1 to " + WORDS_MAX + " words");
    }
    return words;
  }

  /// Both ends of one and the same element: of an array, otherwise, one word may pass the first end
  /// and another one the second.
  private static Document beginsWith(String word) {
    Document range = new Document("$gte", word).append("$lt", word + AFTER_ALL);
    return new Document("$elemMatch", range);
  }
}

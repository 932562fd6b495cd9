package io.kiroku.query.listing;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Text as it is compared: case, accents and the width of characters make no difference.
public final class Words {
  /// Code points. Text without spaces is one word, however long it is.
  static final int LENGTH_MAX = 64;

  /// Accents only: the marks that voice a kana (U+3099, U+309A) make another letter.
  /// https://www.unicode.org/charts/PDF/U0300.pdf
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]+");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

  private Words() {}

  /// Normalised to NFKC without accents, https://www.unicode.org/reports/tr15/.
  public static String folded(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    String plain = ACCENTS.matcher(apart).replaceAll("");
    return caseless(Normalizer.normalize(plain, Normalizer.Form.NFKC));
  }

  /// Upper case between makes one of `ß`, `ẞ` and `ss`.
  private static String caseless(String text) {
    return text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /// Each once, in order, at most 64 code points of it.
  public static List<String> of(String text) {
    return BETWEEN_WORDS
        .splitAsStream(folded(text))
        .filter(word -> !word.isEmpty())
        .map(Words::beginning)
        .distinct()
        .sorted()
        .toList();
  }

  private static String beginning(String word) {
    return word.codePointCount(0, word.length()) <= LENGTH_MAX
        ? word
        : word.substring(0, word.offsetByCodePoints(0, LENGTH_MAX));
  }
}

package io.kiroku.query.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void case_accents_and_width_make_no_difference() {
    assertThat(Words.folded("Crème BRÛLÉE")).isEqualTo("creme brulee");
    assertThat(Words.folded("cre\u0300me bru\u0302le\u0301e")).isEqualTo("creme brulee");
    assertThat(Words.folded("ＴＥＡ　①")).isEqualTo("tea 1");
    assertThat(Words.folded("ﾃｨｰ")).isEqualTo("ティー");
  }

  @Test
  void letters_that_have_no_single_lower_case_meet_all_the_same() {
    assertThat(Words.folded("straße")).isEqualTo(Words.folded("STRASSE")).isEqualTo("strasse");
    assertThat(Words.folded("STRAẞE")).isEqualTo("strasse");
    assertThat(Words.folded("İstanbul")).isEqualTo("istanbul");
  }

  @Test
  void a_voiced_kana_is_another_letter_however_it_is_written() {
    assertThat(Words.folded("かぎ")).isNotEqualTo(Words.folded("かき"));
    assertThat(Words.folded("か\u304D\u3099")).isEqualTo("かぎ");
    assertThat(Words.folded("ｶﾞﾗｽ")).isEqualTo("ガラス");
  }

  @Test
  void words_stand_between_spaces_and_punctuation_each_once_and_in_order() {
    assertThat(Words.of("Tea: cast-iron tea (No. 5)"))
        .containsExactly("5", "cast", "iron", "no", "tea");
    assertThat(Words.of("静岡　緑茶・ティーポット")).containsExactly("ティーポット", "緑茶", "静岡");
    assertThat(Words.of(" –!  ")).isEmpty();
  }

  @Test
  void of_text_without_spaces_the_beginning_is_kept_and_no_letter_is_cut_in_two() {
    String long65 = "茶".repeat(63) + "\uD842\uDFB7" + "茶";
    assertThat(Words.of(long65)).containsExactly("茶".repeat(63) + "\uD842\uDFB7");
  }
}

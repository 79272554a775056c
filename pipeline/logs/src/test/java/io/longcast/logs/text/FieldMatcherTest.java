package io.longcast.logs.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.logs.text.FieldPattern.Kind;
import io.longcast.logs.text.FieldPattern.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The linear matcher finds what a backtracking one finds, in a number of steps that is linear. */
class FieldMatcherTest {
  private static final int STEPS_A_PART_AND_CHARACTER = 8;

  @Test
  void findsWhatABacktrackingMatcherFinds() {
    Random random = new Random(7);
    int matched = 0;
    for (int i = 0; i < 100_000; i++) {
      List<Piece> pieces = pieces(random, 1 + random.nextInt(8));
      String text = text(random, random.nextInt(14));
      FieldMatcher matcher = new FieldMatcher(new FieldPattern(pieces));
      Map<String, String> expected = expected(pieces, text);
      boolean matches = matcher.matches(text);
      assertThat(matches).as("%s in \"%s\"", pieces, text).isEqualTo(expected != null);
      if (matches) {
        assertThat(matcher.fields()).as("%s in \"%s\"", pieces, text).isEqualTo(expected);
        matched++;
      }
    }
    assertThat(matched).isBetween(10_000, 90_000);
  }

  @Test
  void matchesInStepsLinearInTheLength() {
    Random random = new Random(8);
    double most = 0;
    for (int i = 0; i < 3000; i++) {
      List<Piece> pieces = pieces(random, 4 + random.nextInt(20));
      String text = longText(random, 1 << (4 + random.nextInt(9)));
      FieldMatcher matcher = new FieldMatcher(new FieldPattern(pieces));
      matcher.matches(text);
      double perCharacter = (double) matcher.steps() / (pieces.size() + 1) / (text.length() + 10);
      most = Math.max(most, perCharacter);
    }
    assertThat(most).isLessThan(STEPS_A_PART_AND_CHARACTER);
  }

  @Test
  void tenMillionCharactersOfBlanksOrProseTakeLinearSteps() {
    List<Piece> header =
        List.of(
            new Piece(Kind.FIELD, "date"),
            new Piece(Kind.BLANKS, ""),
            new Piece(Kind.FIELD, "level"),
            new Piece(Kind.BLANKS, ""),
            new Piece(Kind.LITERAL, "["),
            new Piece(Kind.FIELD, "session"),
            new Piece(Kind.LITERAL, "]"),
            new Piece(Kind.BLANKS, ""),
            new Piece(Kind.FIELD, "component"),
            new Piece(Kind.LITERAL, ":"),
            new Piece(Kind.BLANKS, ""),
            new Piece(Kind.WIDE_FIELD, "content"));
    FieldMatcher matcher = new FieldMatcher(new FieldPattern(header));
    int length = 10_000_000;
    for (String text :
        List.of(
            "x" + " ".repeat(length) + "y",
            "params: " + "[v] ".repeat(length / 4),
            "word ".repeat(length / 5),
            "] [".repeat(length / 3))) {
      assertThat(matcher.matches(text)).isFalse();
      assertThat(matcher.steps())
          .isLessThan(STEPS_A_PART_AND_CHARACTER * header.size() * (long) text.length());
    }
  }

  @Test
  void aHundredThousandPartsDoNotRecurse() {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      pieces.add(new Piece(Kind.FIELD, Integer.toString(i)));
      pieces.add(new Piece(Kind.BLANKS, ""));
    }
    FieldMatcher matcher = new FieldMatcher(new FieldPattern(pieces));
    assertThat(matcher.matches("v ".repeat(50_000))).isTrue();
    assertThat(matcher.fields()).hasSize(50_000).containsEntry("49999", "v");
  }

  @Test
  void optionalPartsBeginAndEndInPairs() {
    assertThatThrownBy(() -> new FieldPattern(List.of(new Piece(Kind.OPTIONAL, ""))))
        .hasMessageContaining("in pairs");
    assertThatThrownBy(() -> new FieldPattern(List.of(new Piece(Kind.OPTIONAL_END, ""))))
        .hasMessageContaining("in pairs");
  }

  private static List<Piece> pieces(Random random, int count) {
    List<Piece> pieces = new ArrayList<>();
    int open = 0;
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> pieces.add(new Piece(Kind.FIELD, "f" + i));
        case 2 -> pieces.add(new Piece(Kind.WIDE_FIELD, "w" + i));
        case 3 -> pieces.add(new Piece(Kind.BLANKS, ""));
        case 4 -> {
          pieces.add(new Piece(Kind.OPTIONAL, ""));
          open++;
        }
        case 5 -> {
          if (open > 0) {
            pieces.add(new Piece(Kind.OPTIONAL_END, ""));
            open--;
          }
        }
        default ->
            pieces.add(new Piece(Kind.LITERAL, text(random, 1 + random.nextInt(2)).strip() + ":"));
      }
    }
    for (; open > 0; open--) {
      pieces.add(new Piece(Kind.OPTIONAL_END, ""));
    }
    return pieces;
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("ab: ".charAt(random.nextInt(4)));
    }
    return text.toString();
  }

  /** Runs of one character, which are what a backtracking matcher suffers from. */
  private static String longText(Random random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(text(random, 1).repeat(1 + random.nextInt(random.nextBoolean() ? 3 : length)));
    }
    return text.substring(0, length);
  }

  private static Map<String, String> expected(List<Piece> pieces, String text) {
    StringBuilder regex = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (Piece piece : pieces) {
      switch (piece.kind()) {
        case LITERAL -> regex.append(Pattern.quote(piece.text()));
        case BLANKS -> regex.append("\\s+");
        case FIELD -> {
          regex.append("(.*?)");
          names.add(piece.text());
        }
        case WIDE_FIELD -> {
          regex.append("(.*)");
          names.add(piece.text());
        }
        case OPTIONAL -> regex.append("(?:");
        default -> regex.append(")?");
      }
    }
    Matcher matcher = Pattern.compile(regex.toString()).matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (matcher.group(i + 1) != null) {
        fields.put(names.get(i), matcher.group(i + 1));
      }
    }
    return fields;
  }
}

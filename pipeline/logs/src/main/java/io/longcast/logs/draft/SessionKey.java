package io.longcast.logs.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What groups lines to sessions: a value that most lines have and that a few lines share.
 *
 * @param key setting below {@code logs.lines}
 * @param value of it
 */
record SessionKey(String key, String value) {
  private static final int MIN_SESSIONS = 5;
  private static final double MIN_LINES = 1.5;

  /** Ids in the content: a word with a number, a UUID, a labelled value. */
  private static final List<String> IN_CONTENT =
      List.of(
          "([A-Za-z]+_-?\\d{4,})",
          "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
          "(?i)(?:session|request|trace|job|task|order|user|conn|connection)[_-]?(?:id)?[=: ]+([\\w-]{3,})");

  /** What may be an id where there is nothing better: in brackets, a word and a number, hex. */
  private static final List<String> PERHAPS_IN_CONTENT =
      List.of(
          "\\[([A-Za-z][\\w.:/-]*\\d[\\w.:/-]*)\\]",
          "\\b([A-Za-z]{2,}-\\d{2,})\\b",
          "\\b([0-9a-f]{12,40})\\b");

  private static final Pattern LETTER = Pattern.compile("[A-Za-z]");
  private static final Pattern DIGIT = Pattern.compile("\\d");

  /** The best key of a sample; empty where no value groups its lines. */
  static Optional<SessionKey> find(Map<String, List<String>> fields, List<String> contents) {
    Stream<SessionKey> words = inHeader(fields, contents.size(), SessionKey::areWords);
    Stream<SessionKey> numbers =
        inHeader(fields, contents.size(), values -> !areWords(values) && areNumbers(values));
    return Stream.of(
            inContent(IN_CONTENT, contents),
            words,
            inContent(PERHAPS_IN_CONTENT, contents),
            numbers)
        .flatMap(keys -> keys)
        .findFirst();
  }

  private static Stream<SessionKey> inContent(List<String> regexes, List<String> contents) {
    return regexes.stream()
        .filter(regex -> groups(values(Pattern.compile(regex), contents), contents.size()))
        .map(regex -> new SessionKey("sessionPattern", regex));
  }

  private static Stream<SessionKey> inHeader(
      Map<String, List<String>> fields, int lines, Predicate<List<String>> condition) {
    return fields.entrySet().stream()
        .filter(field -> !List.of("Level", "Component").contains(field.getKey()))
        .filter(field -> condition.test(field.getValue()) && groups(field.getValue(), lines))
        .map(field -> new SessionKey("fields.session", "<" + field.getKey() + ">"));
  }

  /** Ids with letters and digits; a word without a digit names a part of the system. */
  private static boolean areWords(List<String> values) {
    return Share.most(values, value -> LETTER.matcher(value).find() && DIGIT.matcher(value).find());
  }

  private static boolean areNumbers(List<String> values) {
    return Share.most(values, value -> DIGIT.matcher(value).find());
  }

  private static List<String> values(Pattern pattern, List<String> contents) {
    List<String> values = new ArrayList<>();
    for (String content : contents) {
      Matcher matcher = pattern.matcher(content);
      if (matcher.find()) {
        values.add(matcher.group(1));
      }
    }
    return values;
  }

  private static boolean groups(List<String> values, int lines) {
    Set<String> distinct = new HashSet<>(values);
    return values.size() >= 0.8 * lines
        && distinct.size() >= MIN_SESSIONS
        && values.size() >= MIN_LINES * distinct.size();
  }
}

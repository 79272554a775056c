package io.longcast.logs.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** The best key of a sample; empty where no value groups its lines. */
  static Optional<SessionKey> find(Map<String, List<String>> fields, List<String> contents) {
    Stream<SessionKey> inContent =
        IN_CONTENT.stream()
            .filter(regex -> groups(values(Pattern.compile(regex), contents), contents.size()))
            .map(regex -> new SessionKey("sessionPattern", regex));
    Stream<SessionKey> inHeader =
        fields.entrySet().stream()
            .filter(field -> !List.of("Level", "Component").contains(field.getKey()))
            .filter(field -> groups(field.getValue(), contents.size()))
            .map(field -> new SessionKey("fields.session", "<" + field.getKey() + ">"));
    return Stream.concat(inContent, inHeader).findFirst();
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

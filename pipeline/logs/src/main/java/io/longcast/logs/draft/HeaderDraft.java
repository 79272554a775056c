package io.longcast.logs.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the header of log lines from left to right: what all lines have in common is literal, and
 * between literals stand fields of a few kinds. What follows the last one is the content.
 */
final class HeaderDraft {
  private static final int MAX_FIELDS = 9;
  private static final Pattern LEVEL =
      Pattern.compile(
          "(?i)^(?:trace|debug|info|information|notice|warn|warning|error|err|severe|critical|crit|fatal|alert|emerg)(?![\\w])");
  private static final Pattern NUMBER = Pattern.compile("^-?\\d+(?=[\\s\\]|:,)])");
  private static final Pattern COMPONENT = Pattern.compile("^[\\w.$/@*()-]{1,60}(?=: )");
  private static final Pattern BRACKETED = Pattern.compile("^[^\\[\\]]{1,80}(?=\\])");
  private static final Pattern PIPED = Pattern.compile("^[^|]{0,60}(?=\\|)");
  private static final Pattern WORD = Pattern.compile("^\\S{1,60}(?= )");

  /** What container runtimes write before a line: the stream, and whether the line is whole. */
  private static final Pattern STREAM = Pattern.compile("^(?:stdout|stderr)(?= )");

  private static final Pattern WHOLE = Pattern.compile("^[FP](?= )");

  private final StringBuilder pattern = new StringBuilder();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private List<String> rests;
  private String timestamp = "";

  /**
   * @param lines a sample
   * @param time how most of them write the time
   */
  HeaderDraft(List<String> lines, TimeShape time) {
    List<String> timed = lines.stream().filter(line -> time.at(line).isPresent()).toList();
    rests = timed;
    before(timed, time);
    time(timed, time);
    after();
  }

  /** The header of lines without a time. */
  HeaderDraft(List<String> lines) {
    rests = lines;
    after();
  }

  /** Words before the time: literal where they are the same in all lines. */
  private void before(List<String> lines, TimeShape time) {
    List<String> heads =
        lines.stream().map(line -> line.substring(0, time.at(line).orElseThrow().start())).toList();
    while (Share.most(heads, head -> !head.isEmpty()) && values.size() < MAX_FIELDS) {
      String literal = common(heads);
      if (!literal.isEmpty()) {
        pattern.append(literal);
        heads = cut(heads, literal);
      } else {
        heads = field("F" + (values.size() + 1), WORD, heads);
      }
    }
  }

  /** A field for each word of the time. */
  private void time(List<String> lines, TimeShape shape) {
    List<String> cut = new ArrayList<>();
    int words = 1;
    for (String line : lines) {
      Matcher at = shape.at(line).orElseThrow();
      words = at.group().trim().split(" +").length;
      cut.add(line.substring(at.end()));
    }
    List<String> names = new ArrayList<>();
    for (int word = 1; word <= words; word++) {
      names.add("<" + (words == 1 ? "Timestamp" : "Time" + word) + ">");
    }
    timestamp = String.join(" ", names);
    pattern.append(timestamp);
    rests = cut;
  }

  private void after() {
    while (values.size() < MAX_FIELDS) {
      String literal = common(rests);
      if (!literal.isEmpty()) {
        pattern.append(literal);
        rests = cut(rests, literal);
      }
      if (!next()) {
        break;
      }
    }
    pattern.append("<Content>");
  }

  /** Takes the next field; false where the content begins. */
  private boolean next() {
    char before = pattern.isEmpty() ? ' ' : pattern.charAt(pattern.length() - 1);
    if (before == '>') {
      return false;
    }
    if (!values.containsKey("Level") && take("Level", LEVEL)) {
      return true;
    }
    String name = "F" + (values.size() + 1);
    return before == '[' && take(name, BRACKETED)
        || before == '|' && take(name, PIPED)
        || take(name, NUMBER)
        || take(name, STREAM)
        || take(name, WHOLE)
        || !values.containsKey("Component") && take("Component", COMPONENT);
  }

  private boolean take(String name, Pattern field) {
    if (!Share.most(rests, rest -> field.matcher(rest).find())) {
      return false;
    }
    rests = field(name, field, rests);
    return true;
  }

  /** Cuts a field off the texts that have it; the others are left out. */
  private List<String> field(String name, Pattern field, List<String> texts) {
    List<String> found = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String text : texts) {
      Matcher matcher = field.matcher(text);
      if (matcher.find()) {
        found.add(matcher.group());
        left.add(text.substring(matcher.end()));
      }
    }
    values.put(name, found);
    pattern.append('<').append(name).append('>');
    return left;
  }

  /** Blanks and marks that most texts begin with, at most to the first opening bracket. */
  private static String common(List<String> texts) {
    String common = "";
    String first = texts.isEmpty() ? "" : texts.get(0);
    while (common.length() < first.length() && isMark(first.charAt(common.length()))) {
      String longer = first.substring(0, common.length() + 1);
      if (!Share.most(texts, text -> text.startsWith(longer))) {
        break;
      }
      common = longer;
      if (common.endsWith("[")) {
        break;
      }
    }
    return common;
  }

  /** What separates fields; braces and angle brackets mean something in a line pattern. */
  private static boolean isMark(char mark) {
    return !Character.isLetterOrDigit(mark) && "<>{}\"'/_.".indexOf(mark) < 0;
  }

  /** The texts that begin with a literal, without it. */
  private static List<String> cut(List<String> texts, String literal) {
    return texts.stream()
        .filter(text -> text.startsWith(literal))
        .map(text -> text.substring(literal.length()))
        .toList();
  }

  /** As {@code logs.lines.pattern} has it. */
  String pattern() {
    return pattern.toString();
  }

  /** The fields that make up the time, as {@code logs.lines.fields.timestamp} has it. */
  String timestamp() {
    return timestamp;
  }

  /** Values by field, without the time and the content. */
  Map<String, List<String>> values() {
    return values;
  }

  /** The contents of the lines that have this header. */
  List<String> contents() {
    return rests;
  }
}

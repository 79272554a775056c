package io.longcast.logs.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.read.TimeFormats;
import io.longcast.read.TimeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which fields of a log of JSON lines hold what.
 *
 * @param timestamp path of the time
 * @param format of it, as {@code logs.lines.timestampFormat} has it
 * @param roles paths of the other roles, by role
 * @param others values of the fields without a role, by path
 * @param contents the messages
 */
record JsonDraft(
    String timestamp,
    String format,
    Map<String, String> roles,
    Map<String, List<String>> others,
    List<String> contents) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> TIMES =
      List.of("@timestamp", "timestamp", "time", "ts", "datetime", "date", "__realtime_timestamp");
  private static final List<String> CONTENTS =
      List.of("message", "msg", "log", "@message", "text", "body", "event", "content");
  private static final List<String> LEVELS =
      List.of("level", "severity", "lvl", "loglevel", "levelname", "priority");
  private static final List<String> COMPONENTS =
      List.of("logger", "component", "service", "module", "source", "_systemd_unit", "unit");
  private static final Pattern WORDS = Pattern.compile("\\S+\\s+\\S+.*", Pattern.DOTALL);

  /** Whether lines are JSON objects. */
  static boolean isJson(List<String> lines) {
    return Share.most(lines, line -> line.startsWith("{"));
  }

  /** Whether they are messages, not observations. */
  static boolean isLog(List<String> lines) {
    return isJson(lines)
        && find(lines).stream()
            .anyMatch(
                draft ->
                    Share.share(draft.contents(), text -> WORDS.matcher(text).matches()) > 0.5);
  }

  /** The roles of the fields; empty if there is no message or no time. */
  static Optional<JsonDraft> find(List<String> lines) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    lines.forEach(line -> leaves(line, fields));
    fields.values().removeIf(values -> values.size() < 0.8 * lines.size());
    Optional<String> time = named(fields, TIMES, path -> format(fields.get(path)).isPresent());
    Optional<String> content = named(fields, CONTENTS, path -> true);
    if (time.isEmpty() || content.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> roles = new LinkedHashMap<>(Map.of("content", content.get()));
    named(fields, LEVELS, path -> true).ifPresent(path -> roles.put("level", path));
    named(fields, COMPONENTS, path -> true).ifPresent(path -> roles.put("component", path));
    List<String> contents = fields.get(content.get());
    String format = format(fields.get(time.get())).orElseThrow();
    fields.remove(time.get());
    fields.keySet().removeAll(roles.values());
    return Optional.of(new JsonDraft(time.get(), format, roles, fields, contents));
  }

  /** The field of the first of these names, at the top or at the end of a path. */
  private static Optional<String> named(
      Map<String, List<String>> fields, List<String> names, Predicate<String> condition) {
    for (String name : names) {
      for (String path : fields.keySet()) {
        String lower = path.toLowerCase(Locale.ROOT);
        if ((lower.equals(name) || lower.endsWith("." + name)) && condition.test(path)) {
          return Optional.of(path);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> format(List<String> values) {
    return TimeFormats.of(values).map(format -> format.equals(TimeSpec.AUTO) ? "iso" : format);
  }

  private static void leaves(String line, Map<String, List<String>> into) {
    try {
      leaves(JSON.readTree(line), "", into);
    } catch (JsonProcessingException broken) {
      // A line that is no JSON is rejected when the log is read.
    }
  }

  private static void leaves(JsonNode node, String path, Map<String, List<String>> into) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      if (value.isObject()) {
        leaves(value, path + field.getKey() + ".", into);
      } else if (!value.isNull()) {
        into.computeIfAbsent(path + field.getKey(), name -> new ArrayList<>())
            .add(value.isArray() ? value.toString() : value.asText());
      }
    }
  }
}

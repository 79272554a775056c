package io.longcast.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.settings.SettingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON body of a request with placeholders: <code>{{name}}</code> is the field of {@link
 * Alert#fields} as text, escaped for a JSON string; <code>{{alert}}</code> is the object of all
 * fields.
 */
final class BodyTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final String KEY = "alerts.http";
  private static final String ALL = "alert";
  private static final Alert EXAMPLE =
      new Alert(
          "0123456789abcdef",
          Alert.State.OPEN,
          "series",
          Optional.of(Instant.EPOCH),
          Optional.of(Instant.EPOCH),
          1,
          List.of("channel"),
          "spike",
          "evidence",
          new Alert.Source("run", "0123456789abcdef"));

  private final String template;

  /**
   * @param what it is, for messages
   * @throws SettingException if a placeholder is unknown or the body is not JSON
   */
  BodyTemplate(String template, String what) {
    this.template = template;
    Set<String> known = new TreeSet<>(EXAMPLE.fields().keySet());
    known.add(ALL);
    Matcher matcher = PLACEHOLDER.matcher(template);
    while (matcher.find()) {
      if (!known.contains(matcher.group(1))) {
        throw new SettingException(
            KEY,
            "%s: unknown placeholder {{%s}}, expected one of %s"
                .formatted(what, matcher.group(1), String.join(", ", known)));
      }
    }
    try {
      new JsonMapper().readTree(fill(EXAMPLE));
    } catch (JsonProcessingException broken) {
      throw new SettingException(
          KEY,
          "%s must be JSON once its placeholders are filled in: %s"
              .formatted(what, broken.getOriginalMessage()));
    }
  }

  /** The body for an alert. */
  String fill(Alert alert) {
    Map<String, Object> fields = alert.fields();
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1).equals(ALL)
                        ? alert.json()
                        : escaped(fields.get(found.group(1)))));
  }

  private static String escaped(Object value) {
    String text =
        value == null
            ? ""
            : value instanceof List<?> words
                ? String.join(", ", words.stream().map(String::valueOf).toList())
                : value.toString();
    String quoted = Alert.json(text);
    return quoted.substring(1, quoted.length() - 1);
  }
}

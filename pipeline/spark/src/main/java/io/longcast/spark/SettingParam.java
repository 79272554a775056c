package io.longcast.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.config.InvalidSettingsException;
import io.longcast.config.RunFile;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;
import scala.Function1;

/**
 * A Param that stands for a settings key of {@code reference.conf}. A value is checked when it is
 * set, with the message that a run file gets; what several keys require of each other is checked
 * when the settings are used.
 *
 * @param <T> a text, number, boolean, list, or array of texts
 */
final class SettingParam<T> extends Param<T> {
  private static final long serialVersionUID = 1L;
  private static final JsonMapper JSON = new JsonMapper();

  private final String key;

  private SettingParam(Identifiable parent, String name, String doc, String key) {
    super(parent, name, doc, (Check<T>) value -> isValid(key, value));
    this.key = key;
  }

  private interface Check<T> extends Function1<T, Object>, Serializable {}

  /** A Param with its own name. */
  static <T> SettingParam<T> of(Identifiable parent, String name, String key, String doc) {
    return new SettingParam<>(parent, name, doc + " (settings key " + key + ")", key);
  }

  /** The Param of any other settings key, named as the key. */
  static SettingParam<Object> ofKey(Identifiable parent, String key) {
    return new SettingParam<>(parent, key, "settings key " + key, key);
  }

  /** The key. */
  String key() {
    return key;
  }

  private static boolean isValid(String key, Object value) {
    try {
      RunFile.read(Optional.empty(), List.of(key + "=" + word(value)));
    } catch (InvalidSettingsException invalid) {
      if (invalid.isOfOneSetting()) {
        throw invalid;
      }
    }
    return true;
  }

  /** A value as a word of the command line writes it. */
  static String word(Object value) {
    if (value instanceof Object[] array) {
      return word(Arrays.asList(array));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SettingParam::element).collect(Collectors.joining(",", "[", "]"));
    }
    return String.valueOf(value);
  }

  private static String element(Object value) {
    return value instanceof String text
        ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : word(value);
  }

  @Override
  public String jsonEncode(T value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException(
          "the value of " + name() + " cannot be saved: " + value, unwritable);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public T jsonDecode(String json) {
    try {
      Object value = JSON.readValue(json, Object.class);
      boolean texts =
          value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
      return (T) (texts ? ((List<?>) value).toArray(String[]::new) : value);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("not a value of " + name() + ": " + json, broken);
    }
  }
}

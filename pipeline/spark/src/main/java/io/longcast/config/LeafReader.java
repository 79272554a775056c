package io.longcast.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads a single value as the Java type of a component: numbers, words, enums, durations. */
final class LeafReader {
  private LeafReader() {}

  /** A value that is not of the type requested; the message says what was expected. */
  static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    Mismatch(String expected) {
      super(expected);
    }
  }

  static boolean reads(Class<?> type) {
    return type.isPrimitive()
        || type == String.class
        || type == Duration.class
        || type.isEnum()
        || List.of(Integer.class, Long.class, Double.class, Boolean.class).contains(type);
  }

  static Object read(Class<?> type, ConfigValue value) throws Mismatch {
    if (type == int.class || type == Integer.class) {
      return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      return whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      return number(value, "a number").doubleValue();
    } else if (type == boolean.class || type == Boolean.class) {
      require(value.valueType() == ConfigValueType.BOOLEAN, "true or false");
      return value.unwrapped();
    } else if (type == String.class) {
      return text(value);
    } else if (type == Duration.class) {
      return duration(value);
    }
    return constant(type, value);
  }

  private static long whole(ConfigValue value, long least, long most) throws Mismatch {
    Number number = number(value, "a whole number");
    boolean fits = number.doubleValue() >= least && number.doubleValue() <= most;
    require(fits && number.doubleValue() == number.longValue(), "a whole number");
    return number.longValue();
  }

  private static Number number(ConfigValue value, String expected) throws Mismatch {
    require(value.valueType() == ConfigValueType.NUMBER, expected);
    return (Number) value.unwrapped();
  }

  private static String text(ConfigValue value) throws Mismatch {
    boolean word =
        value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER;
    require(word, "text");
    return value.unwrapped().toString();
  }

  private static Duration duration(ConfigValue value) throws Mismatch {
    String expected = "a duration with its unit (10s, 5 minutes, 1h)";
    require(value.valueType() == ConfigValueType.STRING, expected);
    try {
      return value.atKey("d").getDuration("d");
    } catch (ConfigException notADuration) {
      throw new Mismatch(expected + " (" + SettingsText.cause(notADuration) + ")");
    }
  }

  private static Object constant(Class<?> type, ConfigValue value) throws Mismatch {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(LeafReader::word).toList();
    String found = String.valueOf(value.unwrapped());
    int index = words.indexOf(found);
    require(index >= 0, "one of " + String.join(", ", words));
    return type.getEnumConstants()[index];
  }

  /** How an enum's constant is written in a file: {@code SERIES_UNIFORM} as series-uniform. */
  static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void require(boolean condition, String expected) throws Mismatch {
    if (!condition) {
      throw new Mismatch(expected);
    }
  }
}

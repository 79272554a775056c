package io.longcast.anomaly;

import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What operators do not want alarms for.
 *
 * @param deviations rules about the size and the side of a deviation; default none
 * @param maintenance times without alarms; default none
 * @param verdicts how far verdicts on events move thresholds
 */
public record RulesSpec(
    List<Deviation> deviations, List<Maintenance> maintenance, VerdictSpec verdicts)
    implements Serializable {

  /** No rules. */
  public static final RulesSpec NONE = new RulesSpec(List.of(), List.of(), VerdictSpec.DEFAULT);

  /** On which side of the expected value alarms are wanted. */
  public enum Side {
    /** Above it only. */
    ABOVE,
    /** Below it only. */
    BELOW
  }

  /**
   * Deviations from the expected value that raise no alarm. Missing and stuck values do.
   *
   * @param name in the words of a run; unique
   * @param channels that the rule is about; absent: all
   * @param series regular expressions of whole series ids; absent: all
   * @param where values of static columns that a series must have, by column; absent: any
   * @param least absolute deviation, in the unit of the channel, that may alarm
   * @param leastShare least absolute deviation as a share of the absolute expected value
   * @param only side on which alarms are wanted; absent: both
   */
  public record Deviation(
      String name,
      Optional<List<String>> channels,
      Optional<List<String>> series,
      Optional<Map<String, String>> where,
      Optional<Double> least,
      Optional<Double> leastShare,
      Optional<Side> only)
      implements Serializable {

    public Deviation {
      channels = channels.map(List::copyOf);
      series = series.map(List::copyOf);
      where = where.map(Map::copyOf);
      requirePatterns(name, series);
      if (least.isEmpty() && leastShare.isEmpty() && only.isEmpty()) {
        throw new SettingException(
            "rules.deviations",
            "rules.deviations: %s needs one of least, leastShare and only".formatted(name));
      }
      Stream.of(least, leastShare).flatMap(Optional::stream).forEach(size -> require(name, size));
    }

    private static void require(String name, double size) {
      if (!(size >= 0)) {
        throw new SettingException(
            "rules.deviations",
            "rules.deviations: least and leastShare of %s must be >= 0, found %s"
                .formatted(name, size));
      }
    }
  }

  /**
   * A time without alarms, once or every week: an interval {@code [from, to)} of instants, or of
   * local times on some days, over midnight where {@code to} is not after {@code from}.
   *
   * @param name in the words of a run; unique
   * @param channels that are maintained; absent: all
   * @param series regular expressions of whole series ids; absent: all
   * @param from an instant (2024-03-01T22:00:00Z), or a local time (22:00)
   * @param to end, exclusive, of the same kind
   * @param days on which a local interval begins; absent: every day
   * @param zone of local times; absent: UTC
   */
  public record Maintenance(
      String name,
      Optional<List<String>> channels,
      Optional<List<String>> series,
      String from,
      String to,
      Optional<List<String>> days,
      Optional<String> zone)
      implements Serializable {

    public Maintenance {
      channels = channels.map(List::copyOf);
      series = series.map(List::copyOf);
      days = days.map(List::copyOf);
      requirePatterns(name, series);
      boolean once = from.contains("T");
      if (once && (days.isPresent() || zone.isPresent())) {
        throw new SettingException(
            "rules.maintenance",
            "rules.maintenance: days and zone of %s belong to local times, found the instant %s"
                .formatted(name, from));
      }
      parsed(name, from, text -> once ? Instant.parse(text) : LocalTime.parse(text));
      parsed(name, to, text -> once ? Instant.parse(text) : LocalTime.parse(text));
      if (once && !Instant.parse(from).isBefore(Instant.parse(to))) {
        throw new SettingException(
            "rules.maintenance",
            "rules.maintenance: from of %s must be before to, found %s and %s"
                .formatted(name, from, to));
      }
      days.orElse(List.of())
          .forEach(
              day -> parsed(name, day, text -> DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT))));
      zone.ifPresent(text -> parsed(name, text, ZoneId::of));
    }

    private static void parsed(String name, String text, Function<String, Object> parse) {
      try {
        parse.apply(text);
      } catch (DateTimeException | IllegalArgumentException broken) {
        throw new SettingException(
            "rules.maintenance",
            "rules.maintenance: %s has from and to as instants (2024-03-01T22:00:00Z) or both as"
                    .formatted(name)
                + " local times (22:00), days as monday to sunday, zone as Europe/Berlin, found "
                + text);
      }
    }

    boolean isOnce() {
      return from.contains("T");
    }
  }

  private static void requirePatterns(String name, Optional<List<String>> series) {
    for (String pattern : series.orElse(List.of())) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException broken) {
        throw new SettingException(
            "rules", "series of rule %s: %s".formatted(name, broken.getMessage()));
      }
    }
  }

  public RulesSpec {
    deviations = List.copyOf(deviations);
    maintenance = List.copyOf(maintenance);
    Set<String> names = new HashSet<>();
    Stream.concat(
            deviations.stream().map(Deviation::name), maintenance.stream().map(Maintenance::name))
        .filter(name -> !names.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new SettingException(
                  "rules", "each rule needs a name of its own, found %s twice".formatted(name));
            });
  }
}

package io.longcast.anomaly;

import io.longcast.anomaly.RulesSpec.Deviation;
import io.longcast.anomaly.RulesSpec.Maintenance;
import io.longcast.anomaly.RulesSpec.Side;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.clean.CategoryCodes;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The rules of {@link RulesSpec} for the channels and categories of a model. */
public final class AlarmRules implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final IntPredicate ALL = channel -> true;

  /** No rules. */
  static final AlarmRules NONE =
      new AlarmRules(RulesSpec.NONE, SeriesLayout.of("value"), CategoryCodes.none());

  private final List<String> channels;
  private final List<DeviationRule> deviations = new ArrayList<>();
  private final List<MaintenanceRule> maintenance = new ArrayList<>();

  /** A rule about deviations; empty lists and maps: everything. */
  private record DeviationRule(
      String name,
      List<String> channels,
      List<String> series,
      TreeMap<Integer, Integer> statics,
      double least,
      double leastShare,
      List<Side> only)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Without a forecast no deviation is known, and none is suppressed. */
    boolean isUnwanted(double off, double expected) {
      boolean otherSide = !only.isEmpty() && (only.contains(Side.ABOVE) ? off < 0 : off > 0);
      return Math.abs(off) < least || Math.abs(off) < leastShare * Math.abs(expected) || otherSide;
    }
  }

  /**
   * @throws SettingException if a rule names a channel or static column that there is not
   */
  public AlarmRules(RulesSpec spec, SeriesLayout layout, CategoryCodes codes) {
    channels = layout.channels();
    for (Deviation rule : spec.deviations()) {
      requireChannels(rule.name(), rule.channels());
      deviations.add(
          new DeviationRule(
              rule.name(),
              rule.channels().orElse(List.of()),
              rule.series().orElse(List.of()),
              statics(rule, layout, codes),
              rule.least().orElse(0.0),
              rule.leastShare().orElse(0.0),
              rule.only().stream().toList()));
    }
    for (Maintenance rule : spec.maintenance()) {
      requireChannels(rule.name(), rule.channels());
      maintenance.add(MaintenanceRule.of(rule));
    }
  }

  private static TreeMap<Integer, Integer> statics(
      Deviation rule, SeriesLayout layout, CategoryCodes codes) {
    TreeMap<Integer, Integer> wanted = new TreeMap<>();
    rule.where()
        .orElse(Map.of())
        .forEach(
            (column, category) -> {
              int at = layout.staticCovariates().indexOf(column);
              if (at < 0) {
                throw new SettingException(
                    "rules.deviations",
                    "rule %s: expected one of the static columns %s, found %s"
                        .formatted(rule.name(), layout.staticCovariates(), column));
              }
              wanted.put(at, codes.code(at, category));
            });
    return wanted;
  }

  private void requireChannels(String name, Optional<List<String>> named) {
    for (String channel : named.orElse(List.of())) {
      if (!channels.contains(channel)) {
        throw new SettingException(
            "rules",
            "rule %s: expected one of the channels %s, found %s"
                .formatted(name, channels, channel));
      }
    }
  }

  /** Names of the rules, those about deviations first. */
  List<String> names() {
    return Stream.concat(
            deviations.stream().map(DeviationRule::name),
            maintenance.stream().map(MaintenanceRule::name))
        .toList();
  }

  /** The rules that are about a series. */
  OfSeries of(Segment segment) {
    return new OfSeries(segment);
  }

  /** Rules about one series. */
  final class OfSeries {
    private final Segment segment;
    private final List<Integer> own = new ArrayList<>();
    private final List<Integer> calendars = new ArrayList<>();

    private OfSeries(Segment segment) {
      this.segment = segment;
      for (int i = 0; i < deviations.size(); i++) {
        DeviationRule rule = deviations.get(i);
        if (isNamed(rule.series()) && hasCategories(rule.statics())) {
          own.add(i);
        }
      }
      for (int i = 0; i < maintenance.size(); i++) {
        if (isNamed(maintenance.get(i).series())) {
          calendars.add(i);
        }
      }
    }

    private boolean isNamed(List<String> patterns) {
      return patterns.isEmpty() || patterns.stream().anyMatch(segment.seriesId()::matches);
    }

    /** A category that training did not see matches no rule. */
    private boolean hasCategories(Map<Integer, Integer> wanted) {
      return wanted.entrySet().stream()
          .allMatch(
              each -> each.getValue() > 0 && segment.statics()[each.getKey()] == each.getValue());
    }

    boolean isEmpty() {
      return own.isEmpty() && calendars.isEmpty();
    }

    /**
     * The rule that suppresses an alarm of a channel at a step, as an index of {@link #names}; -1
     * for none.
     *
     * @param part that raised it; null for a distance of all channels
     */
    int suppressing(int channel, int step, double expected, ComponentSpec.Kind part) {
      int maintained = maintaining(channel, step);
      if (maintained >= 0) {
        return maintained;
      }
      boolean present = part == ComponentSpec.Kind.MISSING || part == ComponentSpec.Kind.STUCK;
      if (present || !segment.isObserved(channel, step)) {
        return -1;
      }
      double off = segment.row(channel).get(step) - expected;
      for (int i : own) {
        DeviationRule rule = deviations.get(i);
        if (isAbout(rule.channels(), channel) && rule.isUnwanted(off, expected)) {
          return i;
        }
      }
      return -1;
    }

    /** The calendar that keeps a channel from alarms at a step, likewise. */
    private int maintaining(int channel, int step) {
      for (int i : calendars) {
        MaintenanceRule rule = maintenance.get(i);
        if (isAbout(rule.channels(), channel)
            && segment.axis().instant(step).map(rule::isDuring).orElse(false)) {
          return deviations.size() + i;
        }
      }
      return -1;
    }

    /** The channels that are not maintained at a step: those that detection learns from. */
    IntPredicate taughtAt(int step) {
      return calendars.isEmpty() ? ALL : channel -> maintaining(channel, step) < 0;
    }

    private boolean isAbout(List<String> named, int channel) {
      return named.isEmpty() || named.contains(channels.get(channel));
    }
  }
}

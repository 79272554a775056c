package io.longcast.anomaly;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/**
 * A time without alarms, see {@link RulesSpec.Maintenance}; empty lists: everything.
 *
 * @param from an instant or a local time
 * @param to end, exclusive, of the same kind
 * @param days on which a local interval begins
 * @param zone of local times
 */
record MaintenanceRule(
    String name,
    List<String> channels,
    List<String> series,
    String from,
    String to,
    List<DayOfWeek> days,
    ZoneId zone)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static MaintenanceRule of(RulesSpec.Maintenance rule) {
    return new MaintenanceRule(
        rule.name(),
        rule.channels().orElse(List.of()),
        rule.series().orElse(List.of()),
        rule.from(),
        rule.to(),
        rule.days().orElse(List.of()).stream()
            .map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)))
            .toList(),
        ZoneId.of(rule.zone().orElse("UTC")));
  }

  /** Whether a time lies in it; a local interval that ends before it begins goes over midnight. */
  boolean isDuring(Instant at) {
    return from.contains("T")
        ? !at.isBefore(Instant.parse(from)) && at.isBefore(Instant.parse(to))
        : isDuring(at.atZone(zone), LocalTime.parse(from), LocalTime.parse(to));
  }

  private boolean isDuring(ZonedDateTime at, LocalTime begin, LocalTime end) {
    LocalTime time = at.toLocalTime();
    LocalDate day = at.toLocalDate();
    if (begin.isBefore(end)) {
      return isOn(day) && !time.isBefore(begin) && time.isBefore(end);
    }
    return !time.isBefore(begin) && isOn(day) || time.isBefore(end) && isOn(day.minusDays(1));
  }

  private boolean isOn(LocalDate day) {
    return days.isEmpty() || days.contains(day.getDayOfWeek());
  }
}

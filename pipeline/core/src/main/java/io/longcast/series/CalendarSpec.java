package io.longcast.series;

import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which calendar covariates a window carries, context and horizon alike. They are known covariates
 * and follow the declared ones.
 *
 * @param features in the order of their columns, each once; proposed default none (a network that
 *     sees whole seasons needs none), {@link #forFrequency} where a model uses them
 * @param holidays codes and days as {@link Holidays} knows them; three columns more where there are
 *     any: whether a step lies on such a day, on the day before one, on the day after one; default
 *     none
 */
public record CalendarSpec(List<CalendarFeature> features, List<String> holidays)
    implements Serializable {
  /** Columns of holidays. */
  static final List<String> HOLIDAY_COLUMNS =
      List.of("holiday", "day-before-holiday", "day-after-holiday");

  /** No calendar covariates. */
  public static final CalendarSpec NONE = new CalendarSpec(List.of());

  public CalendarSpec {
    features = List.copyOf(features);
    if (features.stream().distinct().count() < features.size()) {
      throw new SettingException(
          "calendar.features", "each calendar feature may be named once, found " + features);
    }
    // Absent in bundles of before there were holidays.
    holidays = holidays == null ? List.of() : List.copyOf(holidays);
    for (String holiday : holidays) {
      if (!Holidays.isKnown(holiday)) {
        throw new SettingException("calendar.holidays", unknown(holiday));
      }
    }
  }

  private static String unknown(String holiday) {
    String country = holiday.toUpperCase(Locale.ROOT).replaceFirst("-.*", "");
    boolean known = Holidays.isKnown(country);
    List<String> near =
        Holidays.codes().stream()
            .filter(code -> known ? code.startsWith(country) : code.indexOf('-') < 0)
            .toList();
    return "holidays are those of a country or region, or days such as 2024-12-24, found \""
        + holiday
        + "\"; known codes"
        + (known ? " of " + country + ": " : ": ")
        + String.join(", ", near);
  }

  /** Without holidays. */
  public CalendarSpec(List<CalendarFeature> features) {
    this(features, List.of());
  }

  /** A calendar of these features. */
  public static CalendarSpec of(CalendarFeature... features) {
    return new CalendarSpec(List.of(features));
  }

  /** The features whose cycle a grid of this frequency resolves. */
  public static CalendarSpec forFrequency(Frequency frequency) {
    List<CalendarFeature> features = new ArrayList<>();
    double seconds = frequency.meanSeconds();
    if (seconds <= 900) {
      features.add(CalendarFeature.MINUTE_OF_HOUR);
    }
    if (seconds <= 6 * 3600) {
      features.add(CalendarFeature.HOUR_OF_DAY);
    }
    if (seconds <= 86_400 || frequency.unit() == Frequency.Unit.BUSINESS_DAY) {
      features.add(CalendarFeature.DAY_OF_WEEK);
    }
    if (seconds <= 86_400) {
      features.add(CalendarFeature.WEEKEND);
    }
    if (seconds <= 7 * 86_400) {
      features.add(CalendarFeature.DAY_OF_YEAR);
    } else if (seconds <= 93 * 86_400) {
      features.add(CalendarFeature.MONTH_OF_YEAR);
    }
    return new CalendarSpec(features);
  }

  /** Numbers a step. */
  public int columns() {
    return features.stream().mapToInt(CalendarFeature::columns).sum()
        + (holidays.isEmpty() ? 0 : HOLIDAY_COLUMNS.size());
  }

  /** Names of the columns, such as {@code hour-of-day.sin}. */
  public List<String> columnNames() {
    List<String> names = new ArrayList<>();
    for (CalendarFeature feature : features) {
      String name = feature.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (feature.columns() == 1) {
        names.add(name);
      } else {
        names.add(name + ".sin");
        names.add(name + ".cos");
      }
    }
    if (!holidays.isEmpty()) {
      names.addAll(HOLIDAY_COLUMNS);
    }
    return names;
  }
}

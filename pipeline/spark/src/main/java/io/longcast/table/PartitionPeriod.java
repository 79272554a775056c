package io.longcast.table;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.TimeAxis;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The period of UTC time that one partition of a table holds: as long as a day, a month or a year,
 * so that the files of a series' frequency are neither tiny nor rewritten in full every day. A
 * partition is named by the first day of its period.
 */
public enum PartitionPeriod {
  /** For steps shorter than six hours, and for rows without a grid. */
  DAY {
    @Override
    LocalDate first(LocalDate day) {
      return day;
    }
  },
  /** For steps shorter than a week. */
  MONTH {
    @Override
    LocalDate first(LocalDate day) {
      return day.withDayOfMonth(1);
    }
  },
  /** For longer steps. */
  YEAR {
    @Override
    LocalDate first(LocalDate day) {
      return day.withDayOfYear(1);
    }
  };

  private static final double HOUR = 3_600;
  private static final double SHORT_STEP = 6 * HOUR;
  private static final double WEEK = 7 * 24 * HOUR;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  abstract LocalDate first(LocalDate day);

  /** The period for rows at the steps of an axis. */
  public static PartitionPeriod of(TimeAxis axis) {
    return axis instanceof GridAxis grid ? of(grid.frequency()) : DAY;
  }

  /** The period for rows at the steps of a frequency. */
  public static PartitionPeriod of(Frequency frequency) {
    double seconds = frequency.meanSeconds();
    return seconds < SHORT_STEP ? DAY : seconds < WEEK ? MONTH : YEAR;
  }

  /** The next longer period, for tables with few rows a series; a year stays a year. */
  public PartitionPeriod longer() {
    return this == DAY ? MONTH : YEAR;
  }

  /** First day of the period that holds a time; null for null. */
  public Date of(Timestamp at) {
    return at == null ? null : Date.valueOf(first(day(at.toInstant())));
  }

  /** First day of the period that holds a time, counted from 1970. */
  public int epochDay(long micros) {
    long day = Math.floorDiv(micros, MICROS_PER_DAY);
    return Math.toIntExact(first(LocalDate.ofEpochDay(day)).toEpochDay());
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }
}

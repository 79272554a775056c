package io.longcast.model.zero.synthetic;

/** Series of people's days: week, year, holidays and month ends, by days or by hours. */
final class CalendarBound implements Family {
  private static final double YEAR = 365.25;
  private static final double MONTH = YEAR / 12;

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    int day = r.chance(0.5) ? 1 : r.one(24, 24, 48, 96);
    int offset = r.whole(0, 365 * day);
    double[] log = new double[n];
    if (day > 1) {
      Curves.add(log, r.logUniform(0.1, 0.8), Season.weekly(r, n, day).values());
    } else {
      addWeek(r, log);
    }
    addYear(r, log, day, offset);
    addHolidays(r, log, day, offset);
    if (day == 1 && r.chance(0.3)) {
      addMonthEnds(r, log, offset);
    }
    Curves.add(log, r.logUniform(0.02, 0.5), Curves.trend(r, n));
    Curves.add(log, r.logUniform(0.02, 0.4), Curves.noise(r, n));
    boolean logs = r.chance(0.7);
    for (int t = 0; logs && t < n; t++) {
      log[t] = Math.exp(Math.max(-5, Math.min(5, log[t])));
    }
    int week = 7 * day;
    return SyntheticSeries.of(log, day > 1 ? day : 7, day > 1 && week <= 400 ? week : 0);
  }

  private static void addWeek(Draws r, double[] log) {
    double amplitude = r.logUniform(0.05, 0.8);
    double[] level = r.gaussians(7);
    if (r.chance(0.6)) {
      level[5] -= r.uniform(0, 3);
      level[6] -= r.uniform(0, 3);
    }
    int offset = r.whole(0, 7);
    for (int t = 0; t < log.length; t++) {
      log[t] += amplitude * level[(t + offset) % 7];
    }
  }

  private static void addYear(Draws r, double[] log, int day, int offset) {
    SeasonShape year = SeasonShape.draw(r);
    double amplitude = r.logUniform(0.02, 0.6);
    for (int t = 0; t < log.length; t++) {
      log[t] += amplitude * year.at((t + offset) / (YEAR * day) % 1);
    }
  }

  /** A few days of the year, with days before and after. */
  private static void addHolidays(Draws r, double[] log, int day, int offset) {
    int holidays = r.whole(0, 13);
    double usual = r.gaussian();
    for (int h = 0; h < holidays; h++) {
      int at = r.whole(0, 365);
      int days = r.chance(0.8) ? 1 : r.whole(2, 8);
      double effect = 0.5 * usual + 0.4 * r.gaussian();
      for (int t = 0; t < log.length; t++) {
        int date = Math.floorMod((t + offset) / day - at, 365);
        if (date < days) {
          log[t] += effect;
        }
      }
    }
  }

  private static void addMonthEnds(Draws r, double[] log, int offset) {
    double effect = r.uniform(-1, 1.5);
    int days = r.whole(1, 4);
    for (int t = 0; t < log.length; t++) {
      if ((t + offset) % MONTH >= MONTH - days) {
        log[t] += effect;
      }
    }
  }
}

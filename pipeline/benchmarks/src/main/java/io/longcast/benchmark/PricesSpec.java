package io.longcast.benchmark;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * Daily prices, one file a ticker. Days are {@code yyyy-MM-dd}, both ends of a period inclusive.
 * One day ahead: the price (MASE against the last value), and its movement: up if the return is
 * above {@code upAbove}, down if it is at most {@code downAtMost}, other days are left out.
 *
 * @param folder below the data folder; every {@code .csv} in it is a ticker
 * @param dateColumn header of the day
 * @param priceColumn header of the price that is forecast
 * @param trainTo last day of the training data
 * @param testFrom first day forecast
 * @param testTo last day forecast
 * @param upAbove return as a share, such as 0.0055
 * @param downAtMost return as a share, such as -0.005
 * @param baselines run for comparison
 */
public record PricesSpec(
    String folder,
    String dateColumn,
    String priceColumn,
    String trainTo,
    String testFrom,
    String testTo,
    double upAbove,
    double downAtMost,
    BaselinesSpec baselines)
    implements Serializable {

  public PricesSpec {
    boolean ordered =
        LocalDate.parse(trainTo).isBefore(LocalDate.parse(testFrom))
            && !LocalDate.parse(testTo).isBefore(LocalDate.parse(testFrom));
    if (!ordered) {
      throw new IllegalArgumentException(
          "trainTo < testFrom <= testTo must hold, found "
              + String.join(", ", trainTo, testFrom, testTo));
    }
    if (!(downAtMost < upAbove)) {
      throw new IllegalArgumentException(
          "downAtMost < upAbove must hold, found " + downAtMost + ", " + upAbove);
    }
  }
}

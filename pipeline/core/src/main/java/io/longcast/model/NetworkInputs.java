package io.longcast.model;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * What a window brings to a network: everything about the data that fixes the network's size.
 *
 * @param contextLength steps a window looks back, at least 1
 * @param horizon steps to forecast, at least 1
 * @param pastCovariates numbers known up to the origin
 * @param declaredKnown known covariates of the data; the network brings each to unit scale within
 *     its window
 * @param calendarKnown known covariates of the calendar, which follow the declared ones in a batch
 *     and lie in [-1, 1] already
 * @param categories for each static column the number of its codes, code 0 (never seen) included
 */
public record NetworkInputs(
    int contextLength,
    int horizon,
    int pastCovariates,
    int declaredKnown,
    int calendarKnown,
    List<Integer> categories)
    implements Serializable {

  public NetworkInputs {
    categories = List.copyOf(categories);
    SettingChecks.atLeast(contextLength, 1, "window.contextLength");
    SettingChecks.atLeast(horizon, 1, "window.horizon");
  }

  /** Windows of values alone. */
  public static NetworkInputs of(int contextLength, int horizon) {
    return new NetworkInputs(contextLength, horizon, 0, 0, 0, List.of());
  }

  /** All known covariates of a batch. */
  public int knownCovariates() {
    return declaredKnown + calendarKnown;
  }
}

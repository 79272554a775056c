package io.longcast.model.defaults;

import io.longcast.model.ModelSpec;
import java.util.List;

/**
 * A spec with nothing left open.
 *
 * @param model resolved
 * @param reasons one line for each value that was chosen, such as {@code "seasonalPeriod = 24: one
 *     day of hourly steps"}
 */
public record ResolvedDefault(ModelSpec model, List<String> reasons) {

  public ResolvedDefault {
    reasons = List.copyOf(reasons);
  }
}

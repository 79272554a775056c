package io.longcast.model.defaults;

import io.longcast.model.ModelSpec;
import java.util.List;

/**
 * A model specification with nothing left open.
 *
 * @param model resolved
 * @param defaults one for each value that was chosen
 */
public record ResolvedModel(ModelSpec model, List<ResolvedDefault> defaults) {

  public ResolvedModel {
    defaults = List.copyOf(defaults);
  }
}

package io.longcast.logs.template;

import io.longcast.logs.text.LinearPattern;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;

/**
 * How templates are found.
 *
 * @param masks regular expressions (RE2 syntax) of what varies in this log, applied in this order
 *     before the line is split at blanks; each match becomes {@code <*>}; numbers inside tokens
 *     need no mask; default: none
 * @param builtInMasks whether the rules that serve any log (addresses, lists, quantities with
 *     units, dates, names of users) follow after these; default true
 * @param minValues distinct words at one position, all else equal, from which the position counts
 *     as a parameter; at least 2; default 6
 * @param maxGroup distinct masked lines of the same length and first token that are compared at
 *     once; a larger group is split by its next token; at least 2; default 50000
 */
public record TemplateSpec(List<String> masks, boolean builtInMasks, int minValues, int maxGroup)
    implements Serializable {

  static final String MASKS = "logs.templates.masks";

  public TemplateSpec {
    masks = List.copyOf(masks);
    masks.forEach(mask -> LinearPattern.of(mask, MASKS));
    SettingChecks.atLeast(minValues, 2, "logs.templates.minValues");
    SettingChecks.atLeast(maxGroup, 2, "logs.templates.maxGroup");
  }

  /** A tokenizer of lines; one a thread. */
  LineTokens tokens() {
    return builtInMasks
        ? LineTokens.of(masks)
        : new LineTokens(masks, EnumSet.noneOf(TokenRule.class));
  }
}

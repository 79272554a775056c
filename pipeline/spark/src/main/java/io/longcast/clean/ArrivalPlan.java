package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import io.longcast.settings.SettingException;
import io.longcast.table.ParsedColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How rows that arrive become steps of series.
 *
 * @param layout names of channels and covariates
 * @param spec the settings; {@code clean.snap = auto} is taken for floor, because what a whole
 *     table looks like is not known
 * @param frequency the grid's step
 * @param codes codes of the static columns
 * @param source the source as its tables name it
 * @param silentMicros how far the watermark has to be past the last row of a series before steps
 *     without rows count as missing, at least 0
 */
public record ArrivalPlan(
    SeriesLayout layout,
    CleanSpec spec,
    Frequency frequency,
    CategoryCodes codes,
    String source,
    long silentMicros)
    implements Serializable {

  public ArrivalPlan {
    if (spec.grid() == CleanSpec.Grid.ROWS) {
      throw new SettingException(
          "clean.grid",
          "a stream needs steps of a grid: expected clean.grid = regular, found rows");
    }
    spec = spec.snap() == CleanSpec.Snap.AUTO ? spec.with(CleanSpec.Snap.FLOOR) : spec;
  }

  /** The layout of rows on their way: with the file of a row that has faults, as a category. */
  SeriesLayout transport() {
    return transport(layout);
  }

  static SeriesLayout transport(SeriesLayout layout) {
    List<String> texts = new ArrayList<>(layout.staticCovariates());
    texts.add(ParsedColumns.FILE);
    return new SeriesLayout(
        layout.channels(), layout.pastCovariates(), layout.knownCovariates(), texts);
  }
}

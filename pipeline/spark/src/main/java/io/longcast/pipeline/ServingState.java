package io.longcast.pipeline;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.anomaly.LabelledThreshold;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.clean.CategoryCodes;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.model.NetworkInputs;
import io.longcast.series.CalendarSpec;
import io.longcast.series.SeriesLayout;
import io.longcast.window.BatchCutter;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What a trained model needs in addition to its weights to serve: a bundle's file {@value #FILE}.
 *
 * @param layout channels and covariates, in the order the network knows
 * @param frequency the grid's step as text, or {@code rows}
 * @param codes of the static columns
 * @param window shape of its windows
 * @param calendar covariates computed from the time of each step
 * @param otherChannels whether the other channels are past covariates
 * @param season steps of one season, 1 for none
 * @param calibration correction of the quantiles
 * @param scores what anomaly scores are usual; null of a network that was not trained on the data
 * @param threshold of the scores, chosen by labels; null where the budget decides
 * @param classes names of a classifier's classes by code; empty for forecasts
 * @param residuals quantiles of a network that gives points only
 * @param baseline that forecasts in place of the network; null where the network does
 * @param combined what the network's forecasts are averaged with; null for the network alone
 */
public record ServingState(
    SeriesLayout layout,
    String frequency,
    CategoryCodes codes,
    WindowSpec window,
    CalendarSpec calendar,
    boolean otherChannels,
    int season,
    IntervalCalibration calibration,
    ScoreCalibration scores,
    LabelledThreshold threshold,
    List<String> classes,
    ResidualQuantiles residuals,
    ServedBaseline baseline,
    ServedCombination combined)
    implements Serializable {

  /** The frequency of data whose rows are kept as they are. */
  public static final String ROWS = "rows";

  /** Its name in a bundle. */
  public static final String FILE = "serving.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .build();

  public ServingState {
    // Absent in bundles of before there were classes.
    classes = classes == null ? List.of() : List.copyOf(classes);
    // Absent in bundles of before there were networks of the user's own.
    residuals = residuals == null ? ResidualQuantiles.NONE : residuals;
  }

  /** The same with other scores that are usual, and the threshold that a budget sets. */
  public ServingState withScores(ScoreCalibration usual) {
    return new ServingState(
        layout,
        frequency,
        codes,
        window,
        calendar,
        otherChannels,
        season,
        calibration,
        usual,
        null,
        classes,
        residuals,
        baseline,
        combined);
  }

  /** The combination that forecasts in place of the network alone. */
  public Optional<ServedCombination> combination() {
    return Optional.ofNullable(combined);
  }

  /** The baseline that forecasts in place of the network, which scores anomalies all the same. */
  public Optional<ServedBaseline> servedBaseline() {
    return Optional.ofNullable(baseline);
  }

  /** The threshold of the scores that labels chose. */
  public Optional<LabelledThreshold> labelled() {
    return Optional.ofNullable(threshold);
  }

  /** Whether the model labels steps instead of forecasting them. */
  public boolean labels() {
    return !classes.isEmpty();
  }

  /** The columns that the data to serve must have: a label is not one of them. */
  public SeriesLayout inputs() {
    List<String> channels = layout.channels();
    return labels()
        ? new SeriesLayout(
            channels.subList(0, channels.size() - 1),
            layout.pastCovariates(),
            layout.knownCovariates(),
            layout.staticCovariates())
        : layout;
  }

  /** How windows are cut for this model. */
  public CutterSpec cutter() {
    return new CutterSpec(window, layout, calendar, otherChannels, labels());
  }

  /**
   * Checks that windows cut for this model are what its network reads.
   *
   * @param network what its windows must bring
   * @param where the bundle, for the message
   * @throws IllegalArgumentException if they differ: another version of the program made the bundle
   */
  void requireServes(NetworkInputs network, String where) {
    BatchCutter cutter = cutter().open();
    List<Integer> cut = List.of(cutter.pastCovariates(), cutter.knownCovariates());
    List<Integer> read = List.of(network.pastCovariates(), network.knownCovariates());
    if (!cut.equals(read)) {
      throw new IllegalArgumentException(
          "the model at "
              + where
              + " cannot be used: its network reads "
              + read
              + " past and known covariates per step, but this version makes "
              + cut
              + " of the channels "
              + layout.channels()
              + "; it was trained by another version: retrain it (longcast train), or serve it"
              + " with that version");
    }
  }

  /** As JSON in UTF-8. */
  public byte[] toBytes() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("serving state cannot be written as JSON", e);
    }
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not a serving state
   */
  public static ServingState fromBytes(byte[] bytes) {
    try {
      return JSON.readValue(bytes, ServingState.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(FILE + " of the bundle is not a serving state", e);
    }
  }
}

package io.longcast.generate;

import io.longcast.series.SeriesLayout;
import java.util.List;
import java.util.Locale;

/** The kinds of sample data with their columns and the faults that occur in them. */
public enum SampleKind {
  /** Machines with a working day: four channels, faults of the measuring chain. */
  SENSORS(
      layout(
          List.of("temperature", "vibration", "pressure", "current"),
          List.of(),
          List.of(),
          "site",
          "model"),
      SensorFaults.KINDS),
  /** Electric load of regions: daily, weekly and yearly seasons, holidays, temperature. */
  ENERGY(
      layout(List.of("load"), List.of("temperature"), List.of("holiday"), "region"),
      SensorFaults.KINDS),
  /** Prices on trading days: a common factor, volatility clusters. */
  STOCKS(
      layout(List.of("close", "volume"), List.of(), List.of(), "sector"),
      List.of("jump", "volume-spike", "volatility-burst")),
  /** Weather stations of a region under the same fronts. */
  WEATHER(
      layout(
          List.of("temperature", "pressure", "humidity", "wind"), List.of(), List.of(), "climate"),
      SensorFaults.KINDS),
  /** Patients' electrocardiogram and respiration, with arrhythmias. */
  PATIENTS(
      layout(List.of("ecg", "respiration"), List.of(), List.of(), "ward"),
      List.of("premature-beat", "pause", "tachycardia", "irregular")),
  /** Traffic of network hosts, with attacks. */
  NETWORK(
      layout(
          List.of("bytes", "packets", "connections", "ports", "failures"),
          List.of(),
          List.of(),
          "role"),
      List.of("flood", "scan", "brute-force", "exfiltration", "outage"));

  private final SeriesLayout layout;
  private final List<String> faults;

  SampleKind(SeriesLayout layout, List<String> faults) {
    this.layout = layout;
    this.faults = faults;
  }

  private static SeriesLayout layout(
      List<String> channels, List<String> past, List<String> known, String... statics) {
    return new SeriesLayout(channels, past, known, List.of(statics));
  }

  /** The value columns, covariates and static columns of this kind's observations. */
  public SeriesLayout layout() {
    return layout;
  }

  /** Names of the faults that the labels tell apart. */
  public List<String> faults() {
    return faults;
  }

  /** Whether a fault affects one channel; otherwise the whole series. */
  boolean isPerChannel() {
    return faults == SensorFaults.KINDS;
  }

  /** Name in configuration and in series ids. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A series at its first step. */
  SeriesStream open(GenerateSpec spec, long number) {
    return switch (this) {
      case SENSORS -> new SensorStream(spec, number);
      case ENERGY -> new EnergyStream(spec, number);
      case STOCKS -> new StockStream(spec, number);
      case WEATHER -> new WeatherStream(spec, number);
      case PATIENTS -> new PatientStream(spec, number);
      case NETWORK -> new NetworkStream(spec, number);
    };
  }
}

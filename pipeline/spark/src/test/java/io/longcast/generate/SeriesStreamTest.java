package io.longcast.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesStreamTest {
  @ParameterizedTest
  @EnumSource(SampleKind.class)
  void aSeriesDependsOnSeedAndNumberAlone(SampleKind kind) {
    GenerateSpec spec = GeneratorSpecs.of(kind, 5, 600);
    assertThat(GeneratorSpecs.values(spec, 3)).isDeepEqualTo(GeneratorSpecs.values(spec, 3));
    assertThat(Arrays.equals(GeneratorSpecs.values(spec, 3)[0], GeneratorSpecs.values(spec, 4)[0]))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(SampleKind.class)
  void valuesAreFiniteWhereNoFaultIsPlanned(SampleKind kind) {
    for (double[] column : GeneratorSpecs.values(GeneratorSpecs.of(kind, 1, 3000, 0, 0), 0)) {
      assertThat(Arrays.stream(column).allMatch(Double::isFinite)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SampleKind.class,
      names = {"SENSORS", "ENERGY", "WEATHER"})
  void sensorFaultsChangeTheLabelledStepsAndNoOther(SampleKind kind) {
    GenerateSpec spec = GeneratorSpecs.of(kind, 1, 4000, 150, 0);
    double[][] faulty = GeneratorSpecs.values(spec, 0);
    double[][] healthy = GeneratorSpecs.values(GeneratorSpecs.of(kind, 1, 4000, 0, 0), 0);
    EpisodePlan plan = spec.plan(0);
    int changed = 0;
    for (int step = 0; step < 4000; step++) {
      Episode episode = plan.at(step);
      for (int c = 0; c < faulty.length; c++) {
        boolean struck = episode != null && episode.channel() == c;
        boolean same = faulty[c][step] == healthy[c][step];
        assertThat(struck || same).as("step %d channel %d", step, c).isTrue();
        changed += same ? 0 : 1;
      }
    }
    assertThat(changed).isGreaterThan(100);
  }

  @Test
  void everyFaultKindOccurs() {
    for (SampleKind kind : SampleKind.values()) {
      EpisodePlan plan = GeneratorSpecs.of(kind, 1, 40_000, 200, 0).plan(0);
      assertThat(IntStream.range(1, 200).mapToObj(s -> plan.inStretch(s).kind()).distinct())
          .containsExactlyInAnyOrderElementsOf(kind.faults());
    }
  }

  @Test
  void energyRepeatsByDayAndWeekAndFallsOnHolidays() {
    GenerateSpec spec = GeneratorSpecs.of(SampleKind.ENERGY, 1, 24 * 366, 0, 0);
    double[][] values = GeneratorSpecs.values(spec, 2);
    double week = GeneratorSpecs.autocorrelation(values[0], 168);
    assertThat(week)
        .isGreaterThan(0.6)
        .isGreaterThan(GeneratorSpecs.autocorrelation(values[0], 24 * 3));
    double workday = GeneratorSpecs.values(spec, 2)[0][(int) hours(2024, 12, 24) + 12];
    double christmas = values[0][(int) hours(2024, 12, 25) + 12];
    assertThat(values[2][(int) hours(2024, 12, 25) + 12]).isEqualTo(1);
    assertThat(christmas).isLessThan(0.97 * workday);
  }

  private static long hours(int year, int month, int day) {
    return java.time.LocalDate.of(year, month, day).toEpochDay() * 24
        - java.time.LocalDate.of(2024, 1, 1).toEpochDay() * 24;
  }

  @Test
  void stocksMoveTogetherAndTheirVolatilityClusters() {
    GenerateSpec spec = GeneratorSpecs.of(SampleKind.STOCKS, 2, 5000, 0, 0);
    double[] a = returns(GeneratorSpecs.values(spec, 0)[0]);
    double[] b = returns(GeneratorSpecs.values(spec, 1)[0]);
    assertThat(GeneratorSpecs.correlation(a, b)).isBetween(0.15, 0.8);
    double[] size = Arrays.stream(a).map(Math::abs).toArray();
    assertThat(GeneratorSpecs.autocorrelation(size, 1)).isGreaterThan(0.08);
    assertThat(GeneratorSpecs.autocorrelation(a, 1)).isCloseTo(0, within(0.08));
  }

  private static double[] returns(double[] price) {
    return IntStream.range(1, price.length)
        .mapToDouble(i -> Math.log(price[i] / price[i - 1]))
        .toArray();
  }

  @Test
  void heartsBeatAtARestingRate() {
    double[] ecg =
        GeneratorSpecs.values(GeneratorSpecs.of(SampleKind.PATIENTS, 1, 6000, 0, 0), 1)[0];
    long beats =
        IntStream.range(1, 5999)
            .filter(i -> ecg[i] > 0.7 && ecg[i] >= ecg[i - 1] && ecg[i] > ecg[i + 1])
            .count();
    assertThat(beats).as("beats in a minute").isBetween(50L, 100L);
  }

  @Test
  void arrhythmiasShowInTheSignal() {
    GenerateSpec spec = GeneratorSpecs.of(SampleKind.PATIENTS, 1, 60_000, 1000, 0);
    double[] ecg = GeneratorSpecs.values(spec, 0)[0];
    EpisodePlan plan = spec.plan(0);
    double broad =
        IntStream.range(1, 60)
            .mapToObj(plan::inStretch)
            .filter(e -> e.is("premature-beat"))
            .mapToDouble(
                e -> Arrays.stream(ecg, (int) e.start(), (int) e.start() + 15).max().orElseThrow())
            .min()
            .orElseThrow();
    assertThat(broad).as("a premature beat is taller than a normal one").isGreaterThan(1.2);
  }

  @Test
  void attacksShowInTheTraffic() {
    GenerateSpec spec = GeneratorSpecs.of(SampleKind.NETWORK, 1, 10_000, 200, 0);
    double[][] attacked = GeneratorSpecs.values(spec, 0);
    double[][] quiet =
        GeneratorSpecs.values(GeneratorSpecs.of(SampleKind.NETWORK, 1, 10_000, 0, 0), 0);
    EpisodePlan plan = spec.plan(0);
    for (int step = 0; step < 10_000; step++) {
      Episode episode = plan.at(step);
      int s = step;
      boolean same = IntStream.range(0, 5).allMatch(c -> attacked[c][s] == quiet[c][s]);
      assertThat(same).as("step %d %s", step, episode).isEqualTo(episode == null);
    }
  }
}

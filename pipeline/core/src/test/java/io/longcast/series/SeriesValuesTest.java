package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values are held: exactly where it matters, in four bytes where that is enough. */
@Tag("once")
class SeriesValuesTest {
  private static final int STEPS = 5000;

  /** Level, decimals, changes, bytes a value, and whether windows are measured from an offset. */
  @ParameterizedTest
  @CsvSource({
    "20, 2, 0.5, 4, false",
    "1013, 2, 0.2, 4, false",
    "293, 2, 0.01, 4, true",
    "65432, 2, 20, 4, false",
    "0, 3, 1, 4, false",
    "0.02, 5, 0.001, 4, false",
    "1200000000, 2, 5, 8, true",
    "1500000000, 0, 5, 8, true",
    "123456, 3, 0.05, 8, true",
    "98765, 2, 40, 4, false",
    "1e13, 1, 3, 8, true",
    "8.3e8, 3, 50, 8, true"
  })
  void showsDecimalsAsTheyWereGiven(
      double level, int decimals, double changes, int bytesEach, boolean fine) {
    Random random = new Random(decimals);
    double[] given =
        IntStream.range(0, STEPS)
            .mapToDouble(i -> decimal(level + changes * random.nextGaussian(), decimals))
            .toArray();
    SeriesValues values = SeriesValues.of(given.clone());
    assertThat(values.asRead()).containsExactly(given);
    assertThat(values.bytes() / (double) STEPS).isBetween(0.9 * bytesEach, 1.01 * bytesEach);
    assertThat(values.offset(STEPS - 1)).isEqualTo(fine ? given[STEPS - 1] : 0);
  }

  @Test
  void ordinaryComputedNumbersAreFloatsOnceTheirChangesAreKnown() {
    Random random = new Random(3);
    double[] given = DoubleStream.generate(random::nextGaussian).limit(STEPS).toArray();
    SeriesValues values = SeriesValues.of(given.clone());
    assertThat(values.bytes()).isEqualTo(8 * STEPS);
    assertThat(values.rounded().bytes()).as("in shards").isLessThan(4 * STEPS + 50);
    assertThat(values.asRead()).containsExactly(given);
    for (int step = 10; step < STEPS; step++) {
      assertThat(values.get(step)).isEqualTo((float) given[step]);
      assertThat(values.offset(step)).isZero();
    }
    assertThat(values.toFloats()[7]).isEqualTo((float) given[7]);
  }

  @Test
  void whatIsNotKeptIsLessThanAThousandthOfATypicalChange() {
    Random random = new Random(11);
    int wide = 0;
    for (int round = 0; round < 3000; round++) {
      double[] given = randomSeries(random);
      SeriesValues values = SeriesValues.of(given.clone());
      wide += values.rounded().bytes() > 7L * given.length ? 1 : 0;
      double change = typicalChange(given);
      for (int i = 0; i < given.length; i++) {
        assertThat(values.get(i)).isCloseTo(given[i], within(8e-3 * change));
        if (values.offset(i) != 0) {
          assertThat(values.get(i)).isEqualTo(given[i]);
        }
      }
    }
    assertThat(wide).as("some need doubles").isBetween(1, 2900);
  }

  /** The decision is made at each step: whatever follows, the steps before read back the same. */
  @Test
  void laterValuesChangeNoEarlierOne() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      double[] given = randomSeries(random);
      double[] other = given.clone();
      int from = random.nextInt(given.length);
      double[] poison = randomSeries(random);
      System.arraycopy(poison, from, other, from, given.length - from);
      SeriesValues a = SeriesValues.of(given);
      SeriesValues b = SeriesValues.of(other);
      for (int step = 0; step < from; step++) {
        assertThat(b.get(step)).isEqualTo(a.get(step));
        assertThat(b.offset(step)).isEqualTo(a.offset(step));
        assertThat(b.asRead(step)).isEqualTo(a.asRead(step));
      }
    }
  }

  private static double[] randomSeries(Random random) {
    int decimals = random.nextInt(8);
    double level = Math.pow(10, random.nextInt(14) - 2) * random.nextDouble();
    double change = Math.pow(10, random.nextInt(10) - 4);
    boolean counter = random.nextBoolean();
    boolean computed = random.nextInt(4) == 0;
    int still = random.nextInt(3) * 10;
    double[] values = new double[60];
    double sum = level;
    for (int i = 0; i < values.length; i++) {
      double step = counter ? change * random.nextDouble() : change * random.nextGaussian();
      sum = i < still ? level : counter ? sum + step : level + step;
      values[i] = computed ? sum : decimal(sum, decimals);
    }
    return values;
  }

  private static double decimal(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static double typicalChange(double[] values) {
    double[] changes =
        IntStream.range(1, values.length)
            .mapToDouble(i -> Math.abs(values[i] - values[i - 1]))
            .filter(change -> change > 0)
            .sorted()
            .toArray();
    return changes.length == 0 ? Double.POSITIVE_INFINITY : changes[changes.length / 2];
  }

  /** One to seventeen digits at 1e-12 to 1e15, mixed and in series of one precision. */
  @Test
  void everyValueIsHadBitForBitAsItWasRead() {
    Random random = new Random(18);
    SegmentCodec codec = new SegmentCodec();
    for (int round = 0; round < 1000; round++) {
      double[] given = randomDigits(random, 200);
      SeriesValues values = SeriesValues.of(given.clone());
      assertSameBits(values.asRead(), given);
      assertSameBits(codec.segment(codec.bytes(segment(values, 0))).row(0).asRead(), given);
      assertSameBits(values.slice(0, 90).followedBy(70, values.slice(70, 200)).asRead(), given);
      SeriesValues taken = values.rounded();
      for (int step = 0; step < given.length; step++) {
        double get = values.get(step);
        assertThat(get == given[step] || get == (float) given[step]).isTrue();
        assertThat(taken.get(step)).isEqualTo(get);
        assertThat(taken.offset(step)).isEqualTo(values.offset(step));
        assertThat(taken.bits(step)).isEqualTo(values.bits(step));
      }
      assertThat(taken.toFloats()).containsExactly(values.toFloats());
    }
  }

  private static double[] randomDigits(Random random, int steps) {
    boolean mixed = random.nextBoolean();
    int digits = 1 + random.nextInt(17);
    int magnitude = random.nextInt(28) - 12;
    double[] values = new double[steps];
    for (int i = 0; i < steps; i++) {
      int own = mixed ? 1 + random.nextInt(17) : digits;
      BigDecimal number =
          BigDecimal.valueOf((long) (random.nextDouble() * Math.pow(10, own)))
              .scaleByPowerOfTen((mixed ? random.nextInt(28) - 12 : magnitude) - own);
      values[i] = (random.nextBoolean() ? -1 : 1) * number.doubleValue();
    }
    return values;
  }

  private static void assertSameBits(double[] found, double[] given) {
    assertThat(found).hasSameSizeAs(given);
    for (int i = 0; i < given.length; i++) {
      assertThat(Double.compare(found[i], given[i])).as("%s for %s", found[i], given[i]).isZero();
    }
  }

  @Test
  void ordinaryReadingsAndFloatsTakeFourBytes() {
    Random random = new Random(4);
    double[] decimals = random.doubles(STEPS, 0, 100).map(v -> decimal(v, 3)).toArray();
    double[] binary = random.doubles(STEPS, 0, 100).map(v -> Math.rint(v * 4096) / 4096).toArray();
    double[] one = decimals.clone();
    one[3000] = 21.123456789;
    assertThat(SeriesValues.of(decimals).bytes()).isLessThan(4 * STEPS + 50);
    assertThat(SeriesValues.of(binary.clone()).bytes()).isLessThan(4 * STEPS + 50);
    assertSameBits(SeriesValues.of(binary.clone()).asRead(), binary);
    assertThat(SeriesValues.of(one.clone()).bytes()).isLessThan(4 * STEPS + 4 * 64 + 50);
    assertThat(SeriesValues.of(one).rounded().bytes()).isLessThan(4 * STEPS + 50);
  }

  /** However slices were joined, the same values have the same bytes once packed anew. */
  @Test
  void equalValuesPackedAnewHaveEqualBytes() {
    Random random = new Random(7);
    SegmentCodec codec = new SegmentCodec();
    for (int round = 0; round < 300; round++) {
      SeriesValues whole = SeriesValues.of(randomDigits(random, 300));
      int cut = random.nextInt(300);
      SeriesValues joined = whole.slice(0, cut).followedBy(cut, whole.slice(cut, 300));
      int from = random.nextInt(200);
      assertThat(codec.bytes(segment(joined.slice(from, 300).repacked(), 0)))
          .isEqualTo(codec.bytes(segment(whole.slice(from, 300).repacked(), 0)));
      assertSame(whole.repacked(), whole, 0, 300, 0);
    }
  }

  @Test
  void aSpikeOnAConstantLevelIsKept() {
    double[] given = DoubleStream.generate(() -> 1_500_000_033.5).limit(STEPS).toArray();
    assertThat(SeriesValues.of(given.clone()).bytes()).as("one number for all").isEqualTo(8);
    given[4000] += 40;
    SeriesValues values = SeriesValues.of(given.clone());
    assertThat(values.toDoubles()).containsExactly(given);
    float[] window = new float[100];
    values.copy(3950, 100, values.offset(3999), window, 0);
    assertThat(window[50]).isEqualTo(40);
    assertThat(window[49]).isZero();
  }

  @Test
  void aMeterThatStartsAtZeroIsKept() {
    double[] given = new double[100];
    for (int i = 1; i < given.length; i++) {
      given[i] = decimal(1_200_000_000.94 + 3.17 * i, 2);
    }
    assertThat(SeriesValues.of(given.clone()).toDoubles()).containsExactly(given);
  }

  @Test
  void windowsOfFineValuesAreMeasuredFromAValueOfTheirOwn() {
    SeriesValues values =
        SeriesValues.of(new double[] {1.2e9, 1.2e9 + 3.25, 1.2e9 - 1.5, 1.2e9 + 40});
    float[] window = new float[4];
    values.copy(0, 4, values.offset(2), window, 0);
    assertThat(window).containsExactly(1.5f, 4.75f, 0, 41.5f);
  }

  @Test
  void slicesJoinsAndBytesKeepTheValues() {
    Random random = new Random(6);
    SegmentCodec codec = new SegmentCodec();
    for (int round = 0; round < 300; round++) {
      SeriesValues a = SeriesValues.of(randomSeries(random));
      SeriesValues b = SeriesValues.of(randomSeries(random));
      SeriesValues coded = codec.segment(codec.bytes(segment(a, 0))).row(0);
      assertSame(coded, a, 0, 60, 0);
      assertThat(coded.bytes()).isEqualTo(a.bytes());
      assertSame(a.slice(5, 50), a, 5, 50, 0);
      assertSame(a.slice(7, 7), a, 7, 7, 0);
      SeriesValues joined = a.slice(0, 25).followedBy(25, a.slice(25, 60));
      assertSame(joined, a, 0, 60, 0);
      assertThat(joined.bytes()).as("nothing is held twice").isLessThanOrEqualTo(a.bytes() + 8);
      SeriesValues both = segment(a, 0).followedBy(segment(b, 60)).row(0);
      assertSame(both, a, 0, 60, 0);
      assertSame(both, b, 0, 60, 60);
    }
  }

  private static void assertSame(
      SeriesValues found, SeriesValues whole, int from, int to, int shift) {
    for (int step = from; step < to; step++) {
      int at = step - (shift == 0 ? from : -shift);
      assertThat(found.get(at)).isEqualTo(whole.get(step));
      assertThat(found.offset(at)).isEqualTo(whole.offset(step));
      assertThat(found.asRead(at)).isEqualTo(whole.asRead(step));
      assertThat(found.bits(at)).isEqualTo(whole.bits(step));
    }
  }

  @Test
  void refusesNumbersThatDoNotFitTheStretches() {
    assertThatThrownBy(
            () -> new SeriesValues(3, new int[] {0}, new byte[] {0}, new float[2], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 floats and 0 doubles expected, found 2 and 0");
  }

  private static Segment segment(SeriesValues values, int at) {
    return new Segment(
        "s",
        at,
        2L * values.length(),
        axis(),
        values.length(),
        new SeriesValues[] {values},
        null,
        new int[0],
        0,
        values.length() + 1,
        1);
  }

  private static GridAxis axis() {
    return Frequency.parse("1h").axis(Instant.EPOCH, ZoneOffset.UTC);
  }
}

package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * Scores one channel of a series by its residuals and by its shapes, streaming: a sum of {@link
 * Component}s in common units, by a {@link PatternRule}. State is constant, about 60 kB with the
 * default settings, and restores to the bit; so do scores with and without the Vector API. Not
 * thread-safe.
 *
 * <p>A row has two scores. The one now uses it and the rows before it alone. {@link #settleRows}
 * rows later, a quarter of a period, the same row has its settled score from the rows around it,
 * which places an anomaly better.
 *
 * <p>A component that stays high for thousands of rows is divided by how high it is usual by then,
 * so that a lasting change is told and then becomes the normal.
 */
public final class PatternScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Learning rows below which nothing can be learned. */
  public static final int MIN_ROWS = 16;

  /** Rows after which a component counts half in how high it usually is. */
  public static final double LEVEL_HALF_LIFE = 5000;

  /** Largest {@link #settleRows}. */
  public static final int MAX_SETTLE_ROWS = 128;

  private static final int MAX_PERIOD = 512;
  private static final int MAX_ORDER = 32;
  private static final double LEVEL_GAIN = 1 - Math.pow(.5, 1 / LEVEL_HALF_LIFE);
  private static final double LEVEL_CLIP = 20;
  private static final double LEAST_WINDOW = 6;

  private final Period period;
  private final PatternRule rule;
  private final int order;
  private final ComponentStream stream;
  private final StuckTime stuck;
  private final Rescale[] rescales;
  private final double[] levels = new double[Component.COUNT];
  private final double[] shares = new double[Component.COUNT];
  private Form form;
  private PatternUnits units;
  private double last;
  private int gap;

  /** Share of missing values in the last window: what stands in for them is not judged. */
  private double absent;

  private double score;
  private double settledScore;

  PatternScorer(
      Form form,
      PatternUnits units,
      Period period,
      LinearForecast forecast,
      Rescale[] rescales,
      ComponentStream stream,
      StuckTime stuck,
      double last) {
    this.form = form;
    this.units = units;
    this.period = period;
    this.rescales = rescales;
    this.stream = stream;
    this.stuck = stuck;
    this.last = last;
    order = forecast.weights().length - 1;
    rule = PatternRule.of(period);
  }

  /**
   * Learns what is normal. The next row to score is the one after the sample.
   *
   * @param sample of at least {@value #MIN_ROWS} rows
   */
  public static PatternScorer learn(PatternSpec spec, PatternSample sample) {
    if (sample.rows() < MIN_ROWS) {
      throw new IllegalArgumentException(
          "a detector of shapes needs at least %d rows to learn from, found %d (key"
                  .formatted(MIN_ROWS, sample.rows())
              + " anomaly.warmUp)");
    }
    return new PatternFit(spec, sample).fit(sample.last());
  }

  /**
   * Takes the next row.
   *
   * @param value not a number where it is missing
   * @param expected by a forecaster before the row was seen, in the units of the value; not a
   *     number without one
   */
  public void next(double value, double expected) {
    boolean isMissing = !Double.isFinite(value);
    absent += absentGain() * ((isMissing ? 1 : 0) - absent);
    stream.stuck(isMissing ? 0 : (float) stuck.next(value));
    if (isMissing) {
      gap++;
      stream.next(Float.NaN, Float.NaN, true);
      score = 0;
    } else {
      stream.next(units.scale(signal(value)), scaled(expected), true);
      score = sum(0);
      learnLevels();
      last = value;
      gap = 0;
    }
    settledScore = sum(Component.COUNT);
  }

  private double absentGain() {
    return 1 / Math.max(LEAST_WINDOW, Component.SHAPE.periods() * period.rows());
  }

  /** An increase over a gap is spread over its rows. */
  private double signal(double value) {
    double signal = form.signal(last, value);
    return form == Form.COUNTER ? signal / (gap + 1) : signal;
  }

  private float scaled(double expected) {
    return Double.isFinite(expected)
        ? units.scale(form.signal(last, expected) / (form == Form.COUNTER ? gap + 1 : 1))
        : Float.NaN;
  }

  private double sum(int first) {
    double sum = 0;
    for (int i = 0; i < Component.COUNT; i++) {
      double part = rule.weight(i) * Math.max(0, component(first, i)) / Math.max(1, levels[i]);
      shares[i] = first == 0 ? part : shares[i];
      sum += part;
    }
    return sum * (1 - absent) * (1 - absent);
  }

  private double component(int first, int i) {
    return rescales[first + i].of(first == 0 ? stream.now(i) : stream.settled(i));
  }

  private void learnLevels() {
    for (int i = 0; i < levels.length; i++) {
      double seen = Math.max(0, Math.min(LEVEL_CLIP, component(0, i)));
      levels[i] += LEVEL_GAIN * (seen - levels[i]);
    }
  }

  /**
   * Score of the last row: about 0 where it is as usual, 1 where one component is as high as at one
   * learning row in a hundred; at least 0, not bounded. 0 where the value is missing.
   */
  public double score() {
    return score;
  }

  /** Settled score of the row {@link #settleRows} before the last one, in the same unit. */
  public double settledScore() {
    return settledScore;
  }

  /** Rows after which a row has its settled score. */
  public int settleRows() {
    return stream.settleRows();
  }

  /**
   * A component at the last row in common units: 0 is its median on the learning rows, 1 its 0.99
   * quantile there; 0 for one that the rule does not use.
   */
  double component(Component component) {
    int i = component.ordinal();
    return rule.weight(i) > 0 ? component(0, i) : 0;
  }

  /** Weight of a component in the score. */
  double weight(Component component) {
    return rule.weight(component.ordinal());
  }

  /** Share of a component in the score of the last row, in [0, 1]. */
  public double share(Component component) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    return sum > 0 ? shares[component.ordinal()] / sum : 0;
  }

  /** The component with the largest share in the score of the last row. */
  public Component leading() {
    int largest = 0;
    for (int i = 1; i < shares.length; i++) {
      largest = shares[i] > shares[largest] ? i : largest;
    }
    return Component.values()[largest];
  }

  /** What the series is taken for and how its score is made, in words. */
  public String described() {
    return String.format(
        Locale.ROOT,
        "%s, period %d rows, %s",
        form.name().toLowerCase(Locale.ROOT),
        period.rows(),
        rule.described());
  }

  /**
   * As fields of a state.
   *
   * @param now the scorer to save; to restore one, any or null
   */
  static PatternScorer field(StateFields fields, PatternSpec spec, PatternScorer now) {
    fields.same("bank size", spec.toString());
    Period known = now == null ? new Period(0, false) : now.period;
    Period period =
        new Period(fields.count(known.rows(), MAX_PERIOD), fields.flag(known.isSeasonal()));
    int order = fields.count(now == null ? 0 : now.order, MAX_ORDER);
    boolean fits = now != null && period.equals(now.period) && order == now.order;
    PatternScorer scorer = fits ? now : empty(spec, period, order);
    scorer.fields(fields);
    return scorer;
  }

  private static PatternScorer empty(PatternSpec spec, Period period, int order) {
    LinearForecast forecast = new LinearForecast(new float[order + 1]);
    Rescale[] rescales = new Rescale[2 * Component.COUNT];
    Arrays.setAll(rescales, i -> new Rescale());
    ComponentStream stream = new ComponentStream(spec, PatternKernels.open(), period, forecast);
    return new PatternScorer(
        Form.LEVELS,
        new PatternUnits(0, 1),
        period,
        forecast,
        rescales,
        stream,
        new StuckTime(),
        0);
  }

  private void fields(StateFields fields) {
    form = fields.constant(Form.class, form);
    units = new PatternUnits(fields.real(units.mean()), fields.real(units.unit()));
    stream.fields(fields);
    stuck.fields(fields);
    for (Rescale rescale : rescales) {
      rescale.fields(fields);
    }
    fields.reals(levels);
    fields.reals(shares);
    last = fields.real(last);
    gap = (int) fields.number(gap);
    absent = fields.real(absent);
    score = fields.real(score);
    settledScore = fields.real(settledScore);
  }
}

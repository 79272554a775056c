package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * The components of one series that its rule uses, not yet in common units: of the last row from it
 * and the rows before it, and of the row {@link #settleRows} before from the rows around it.
 */
final class ComponentStream implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final float RESIDUAL_GAIN = 1 / 6f;
  private static final double SETTLE = .25;
  private static final int MAX_CENTRED = 8;
  private static final int MIN_MEMORY = 600;
  private static final int TEXTURE = Component.TEXTURE.ordinal();
  private static final int LEVEL = Component.LEVEL.ordinal();
  private static final int STUCK = Component.STUCK.ordinal();

  private final int settleRows;
  private final Residual residual;
  private final ArrayList<Bank> banks = new ArrayList<>();
  private final PatchPatterns patches;
  private final LevelShift level;
  private final SettledMean[] means = new SettledMean[Component.COUNT];
  private final float[] now = new float[Component.COUNT];
  private final float[] settled = new float[Component.COUNT];

  /** The bank of a component and the number of pieces of the learning rows that it is made of. */
  private record Bank(int component, int pieces, NormalBank rows) implements Serializable {}

  ComponentStream(
      PatternSpec spec, PatternKernels kernels, Period period, LinearForecast forecast) {
    settleRows = (int) Math.max(1, Math.round(SETTLE * (period.rows() - 1)));
    residual = new Residual(forecast);
    int centred = Math.min(MAX_CENTRED, settleRows);
    means[0] = new SettledMean(settleRows - centred, settleRows + centred);
    PatternRule rule = PatternRule.of(period);
    for (Component shape : Component.SHAPES) {
      int i = shape.ordinal();
      if (rule.weight(i) > 0) {
        int rows = rule.bankRows(shape, spec);
        NormalBank bank = new NormalBank(kernels, shape.periods(), period.rows(), rows);
        int pieces = shape == Component.LONG_SHAPE ? PatternSample.FEW : PatternSample.MANY;
        banks.add(new Bank(i, pieces, bank));
        means[i] = new SettledMean(0, settleRows + 1);
      }
    }
    patches = new PatchPatterns(kernels, period.rows());
    means[TEXTURE] = new SettledMean(0, settleRows + 1);
    level = new LevelShift(Component.LEVEL.periods() * period.rows());
    means[LEVEL] = new SettledMean(0, settleRows + 1);
    means[STUCK] = new SettledMean(0, settleRows + 1);
  }

  void learnBanks(PatternSample sample, PatternUnits units) {
    banks.forEach(bank -> bank.rows.learn(sample, units, bank.pieces));
  }

  void useLastQuarter(boolean isUsed) {
    banks.forEach(bank -> bank.rows.useLastQuarter(isUsed));
  }

  /** The next row follows the learning rows. */
  void beginBlocks() {
    banks.forEach(bank -> bank.rows.beginBlock());
  }

  PatchPatterns patches() {
    return patches;
  }

  LevelShift level() {
    return level;
  }

  /** Rows until a row has its settled components. */
  int settleRows() {
    return settleRows;
  }

  /** Rows after which nothing is left of what came before. */
  int memory() {
    int memory = Math.max(MIN_MEMORY, Math.max(patches.memory(), level.memory()));
    for (Bank bank : banks) {
      memory = Math.max(memory, bank.rows.memory());
    }
    return memory;
  }

  /**
   * Takes the next row.
   *
   * @param value on the scale of the series; not a number where it is missing
   * @param expected by a forecaster, on the same scale; not a number without one
   * @param grows whether the row may join the rows known as normal
   */
  void next(float value, float expected, boolean grows) {
    boolean isMissing = Float.isNaN(value);
    float stand = isMissing ? residual.expected() : value;
    float off = now[0];
    if (isMissing) {
      residual.skip(stand);
    } else {
      off = residual.next(value, expected);
    }
    now[0] += RESIDUAL_GAIN * (off - now[0]);
    settled[0] = means[0].next(off);
    for (int b = 0; b < banks.size(); b++) {
      Bank bank = banks.get(b);
      take(bank.component, bank.rows.next(stand, grows && !isMissing));
    }
    take(TEXTURE, patches.next(stand));
    take(LEVEL, level.next(stand));
  }

  /** Takes how long the next row is stuck, in its own unit. */
  void stuck(float time) {
    take(STUCK, time);
  }

  private void take(int component, float value) {
    now[component] = value;
    settled[component] = means[component].next(value);
  }

  float now(int component) {
    return now[component];
  }

  float settled(int component) {
    return settled[component];
  }

  void fields(StateFields fields) {
    residual.fields(fields);
    banks.forEach(bank -> bank.rows.fields(fields));
    patches.fields(fields);
    level.fields(fields);
    for (SettledMean mean : means) {
      if (mean != null) {
        mean.fields(fields);
      }
    }
    fields.singles(now);
    fields.singles(settled);
  }
}

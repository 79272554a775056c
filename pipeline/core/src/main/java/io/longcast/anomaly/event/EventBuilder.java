package io.longcast.anomaly.event;

import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gathers the steps of one series into events, streaming, in constant state. */
public final class EventBuilder implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double TAKES_PART = .05;

  private final double[] weights;
  private final double[] peaks;
  private final ComponentSpec.Kind[] parts;
  private final double[] usualErrors;
  private boolean open;
  private long start;
  private long last;
  private double peak;
  private long peakStep;

  /** Of a series of so many channels. */
  public EventBuilder(int channels) {
    weights = new double[channels];
    peaks = new double[channels];
    parts = new ComponentSpec.Kind[channels];
    usualErrors = new double[channels];
  }

  /** What the scores say of a channel at the present step. */
  public interface View {
    /** Surprisal, at least 0. */
    double surprisal(int channel);

    /** The part that gave it; null for a distance of all channels together. */
    ComponentSpec.Kind part(int channel);

    /** Mean absolute residual so far. */
    double usualError(int channel);
  }

  /** Takes the next step; the event that it shows to be over, if any. */
  public Optional<Event> next(long step, Verdict verdict, View view) {
    Optional<Event> over = Optional.empty();
    if (open && (verdict == Verdict.BEGINS || verdict == Verdict.NORMAL)) {
      over = Optional.of(close(step + 1));
    }
    if (verdict == Verdict.BEGINS) {
      begin(step, view);
    }
    if (verdict.isAlarm()) {
      add(step, view);
    }
    return over;
  }

  /** First step of the event that began last, open or closed; 0 before the first one. */
  public long start() {
    return start;
  }

  /** Mean absolute residual of a channel when that event began. */
  public double usualError(int channel) {
    return usualErrors[channel];
  }

  /** The event that is still open at the end of the data, as far as it is known; it stays open. */
  public Optional<Event> unfinished(long known) {
    return open ? Optional.of(event(known)) : Optional.empty();
  }

  private void begin(long step, View view) {
    open = true;
    start = step;
    peak = 0;
    for (int c = 0; c < weights.length; c++) {
      weights[c] = 0;
      peaks[c] = -1;
      usualErrors[c] = view.usualError(c);
    }
  }

  private void add(long step, View view) {
    last = step;
    for (int c = 0; c < weights.length; c++) {
      double surprisal = view.surprisal(c);
      weights[c] += surprisal * surprisal;
      if (surprisal > peaks[c]) {
        peaks[c] = surprisal;
        parts[c] = view.part(c);
      }
      if (surprisal > peak) {
        peak = surprisal;
        peakStep = step;
      }
    }
  }

  private Event close(long known) {
    open = false;
    return event(known);
  }

  private Event event(long known) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    List<Integer> order = new ArrayList<>();
    for (int c = 0; c < weights.length; c++) {
      order.add(c);
    }
    order.sort(Comparator.comparingDouble((Integer c) -> weights[c]).reversed());
    double all = Math.max(total, Double.MIN_NORMAL);
    double largest = weights[order.get(0)] / all;
    List<Integer> taking =
        order.stream().filter(c -> weights[c] / all >= Math.min(TAKES_PART, largest)).toList();
    int first = taking.get(0);
    return new Event(
        start, last + 1, known, peak, peakStep, taking, largest, parts[first], usualErrors[first]);
  }

  /** The state, for saving and restoring: of a series of the same channels. */
  public void fields(StateFields fields) {
    fields.reals(weights);
    fields.reals(peaks);
    for (int c = 0; c < parts.length; c++) {
      parts[c] = fields.constant(ComponentSpec.Kind.class, parts[c]);
    }
    fields.reals(usualErrors);
    open = fields.flag(open);
    start = fields.number(start);
    last = fields.number(last);
    peak = fields.real(peak);
    peakStep = fields.number(peakStep);
  }

  /** Channels of the series. */
  public int channels() {
    return weights.length;
  }
}

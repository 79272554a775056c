package io.longcast.report;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One line that says what is being done, how far it is, how fast, and how long it will take: {@code
 * training 40/200 rounds, 3.1/s, 52 s left}. Rewritten in place at most ten times a second.
 */
public final class ProgressLine implements Progress {
  /** A longer line would wrap, and could not be rewritten in place. */
  private static final int WIDEST = 120;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final PrintStream out;
  private final Clock clock;
  private String what = "";
  private Instant start = Instant.EPOCH;
  private Instant shown = Instant.EPOCH;
  private long first;
  private int width;

  /**
   * @param out the terminal
   * @param clock the time
   */
  public ProgressLine(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** A line on standard error where that is a terminal, otherwise silence. */
  public static Progress onTerminal() {
    return System.console() == null
        ? Progress.SILENT
        : new ProgressLine(System.err, Clock.systemUTC());
  }

  @Override
  public void at(String stage, long done, long total, String unit) {
    at(stage, done, total, unit, "");
  }

  @Override
  public synchronized void at(String stage, long done, long total, String unit, String detail) {
    Instant now = clock.instant();
    if (!stage.equals(what)) {
      what = stage;
      start = now;
      first = done;
      shown = Instant.EPOCH;
    }
    boolean finished = total > 0 && done >= total;
    if (finished || Duration.between(shown, now).compareTo(PAUSE) >= 0) {
      shown = now;
      String line = line(done, total, unit, Duration.between(start, now));
      String whole = detail.isEmpty() ? line : line + "; " + detail;
      show(whole.substring(0, Math.min(WIDEST, whole.length())));
    }
    if (finished) {
      show("");
      out.print('\r');
      what = "";
    }
  }

  private String line(long done, long total, String unit, Duration spent) {
    if (unit.isEmpty()) {
      return what;
    }
    StringBuilder line = new StringBuilder(what).append(' ').append(done);
    if (total > 0) {
      line.append('/').append(total);
    }
    line.append(' ').append(unit);
    double seconds = spent.toMillis() / 1000.0;
    if (seconds > 0 && done > first) {
      double speed = (done - first) / seconds;
      line.append(String.format(Locale.ROOT, ", %.3g/s", speed));
      if (total > 0) {
        line.append(", ").append(left((total - done) / speed)).append(" left");
      }
    }
    return line.toString();
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }

  private void show(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }
}

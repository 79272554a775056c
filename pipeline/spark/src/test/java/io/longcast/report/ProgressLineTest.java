package io.longcast.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Hand hand = new Hand();
  private final ProgressLine line =
      new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), hand);

  @Test
  void tellsSpeedAndTimeLeft() {
    line.at("training", 0, 200, "rounds");
    hand.forward(Duration.ofSeconds(10));
    line.at("training", 40, 200, "rounds");
    assertThat(text()).endsWith("\rtraining 40/200 rounds, 4.00/s, 40 s left");
  }

  @Test
  void tellsFiguresOfTheMomentAndNeverWraps() {
    line.at("training", 40, 200, "rounds", "loss 0.5");
    assertThat(text()).endsWith("\rtraining 40/200 rounds; loss 0.5");
    hand.forward(Duration.ofSeconds(1));
    line.at("training", 41, 200, "rounds", "x".repeat(200));
    assertThat(text().substring(text().lastIndexOf('\r') + 1)).hasSize(120);
  }

  @Test
  void restsBetweenLines() {
    line.at("training", 1, 200, "rounds");
    int before = bytes.size();
    hand.forward(Duration.ofMillis(20));
    line.at("training", 2, 200, "rounds");
    assertThat(bytes.size()).isEqualTo(before);
  }

  @Test
  void leavesAnEmptyLineBehind() {
    line.at("training", 1, 2, "rounds");
    hand.forward(Duration.ofSeconds(1));
    line.at("training", 2, 2, "rounds");
    String[] shown = text().split("\r");
    assertThat(shown[shown.length - 1]).isBlank();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static final class Hand extends Clock {
    private Instant now = Instant.EPOCH.plusSeconds(1000);

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

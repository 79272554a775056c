package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times written as text. */
class TimestampTextTest {

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2024-02-29 23:59:59, 2024-02-29T23:59:59Z",
    "2024-02-29 23:59, 2024-02-29T23:59:00Z",
    "2024-02-29T23, 2024-02-29T23:00:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z",
    "2024-02-29T23:59:59.5Z, 2024-02-29T23:59:59.500Z",
    "'2024-02-29T23:59:59,25Z', 2024-02-29T23:59:59.250Z",
    "0001-01-01T00:00:00.000000001Z, 0001-01-01T00:00:00Z",
    "2023-10-26 02:00:00+02, 2023-10-26T00:00:00Z",
    "2023-10-26 02:00:00+0200, 2023-10-26T00:00:00Z",
    "2023-10-26T02:00:00 +02:00, 2023-10-26T00:00:00Z",
    "2023-10-26T02:00:00.125 +0200, 2023-10-26T00:00:00.125Z",
    "2023-10-26T02:00-03:30, 2023-10-26T05:30:00Z",
    "2023-10-26T02:00\u221203:30, 2023-10-26T05:30:00Z",
    "2023-10-26T02:00:00+02:00:30, 2023-10-25T23:59:30Z",
    "2023-10-26 02:00:00 UTC, 2023-10-26T02:00:00Z",
    "2023-10-26 02:00:00 CEST, 2023-10-26T00:00:00Z",
    "2023-10-26 02:00:00 CET, 2023-10-26T01:00:00Z",
    "2023-10-26 02:00:00 Asia/Tokyo, 2023-10-25T17:00:00Z",
    "2023-10-26T02:00:00+02:00[Europe/Berlin], 2023-10-26T00:00:00Z",
    "2023-10-26T02:00:00Z[UTC], 2023-10-26T02:00:00Z",
    "2023-10-26T02:00[Europe/Berlin], 2023-10-26T00:00:00Z",
    "2024-01-01T24:00:00Z, 2024-01-02T00:00:00Z",
    "2024-12-31 24:00, 2025-01-01T00:00:00Z",
    "'  2024-01-01 00:00  ', 2024-01-01T00:00:00Z",
    "20240229T235959Z, 2024-02-29T23:59:59Z",
    "20240229T2359+0200, 2024-02-29T21:59:00Z",
    "20240229T23, 2024-02-29T23:00:00Z",
    "20240229T235959.5Z, 2024-02-29T23:59:59.500Z",
    "20241231T2400, 2025-01-01T00:00:00Z",
    "2024-02-29\u00A023:59, 2024-02-29T23:59:00Z",
    "\u30002024-02-29\u202F23:59\u2009, 2024-02-29T23:59:00Z"
  })
  void readsEveryFormOfIso8601(String text, Instant expected) {
    assertThat(micros("auto", "UTC", text)).isEqualTo(TimestampText.micros(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-30T00:00:00Z",
        "2024-13-01T00:00:00",
        "2024-01-01T24:00:01Z",
        "2024-01-01T24:30",
        "2024-01-01T25:00",
        "2024-01-01T00:00:61",
        "2024-01-01T00:00:00.",
        "2024-01-01T00:00:00.1234567890",
        "2024-01-01x00:00:00",
        "2024-01-01T00:00:00+",
        "2024-01-01T00:00:00+2",
        "2024-01-01T00:00:00+19:00",
        "2024-01-01T00:00:00 CST",
        "2024-01-01T00:00:00 Berlin",
        "2024-01",
        "2024-1-1",
        "20240229",
        "20240229235959",
        "20240230T0000",
        "Z",
        "[",
        "2024-01-01T00:00[UTC"
      })
  void refusesWhatIsNoTime(String text) {
    assertThat(micros("auto", "UTC", text)).isEqualTo(TimestampText.UNREADABLE);
  }

  @Test
  void knowsTheHourThatIsSkippedAndTheOneThatRepeats() {
    TimestampText berlin = new TimestampText("auto", ZoneId.of("Europe/Berlin"));
    assertThat(berlin.micros("2024-03-31 02:30:00")).isEqualTo(TimestampText.SKIPPED);
    assertThat(berlin.micros("2024-10-27T02:30:00"))
        .isEqualTo(TimestampText.micros(Instant.parse("2024-10-27T00:30:00Z")));
  }

  @Test
  void aNameOfSeveralOffsetsCountsAsTheDeclaredZoneUsesIt() {
    String text = "2024-01-15 12:00:00 CST";
    assertThat(micros("auto", "America/Chicago", text)).isEqualTo(at("2024-01-15T18:00:00Z"));
    assertThat(micros("auto", "Asia/Shanghai", text)).isEqualTo(at("2024-01-15T04:00:00Z"));
    String pattern = "yyyy-MM-dd HH:mm:ss z";
    assertThat(micros(pattern, "Asia/Shanghai", text)).isEqualTo(at("2024-01-15T04:00:00Z"));
    assertThat(micros(pattern, "UTC", text)).isEqualTo(TimestampText.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "dd.MM.yyyy HH:mm, 01.01.2024 24:00, 2024-01-02T00:00:00Z",
    "dd.MM.yyyy kk:mm, 01.01.2024 24:00, 2024-01-02T00:00:00Z",
    "dd.MM.yyyy kk:mm, 01.01.2024 01:00, 2024-01-01T01:00:00Z",
    "d/M/yyyy H:mm:ss, 29/2/2024 24:00:00, 2024-03-01T00:00:00Z",
    "yyyyMMddHHmm, 202412312400, 2025-01-01T00:00:00Z",
    "yyyy-MM, 2024-02, 2024-02-01T00:00:00Z",
    "yyyy-'Q'Q, 2024-Q3, 2024-07-01T00:00:00Z",
    "yyyyDDD, 2024060, 2024-02-29T00:00:00Z",
    "dd-MMM-yy hh:mm:ss a, 05-MAR-24 12:30:00 am, 2024-03-05T00:30:00Z",
    "yyyy-MM-dd HH:mm:ss z, 2023-10-29 02:30:00 CEST, 2023-10-29T00:30:00Z",
    "yyyy-MM-dd HH:mm:ss z, 2023-10-29 02:30:00 CET, 2023-10-29T01:30:00Z",
    "yyyy-MM-dd HH:mm:ss z, 2023-10-29 02:30:00 MSK, 2023-10-28T23:30:00Z",
    "yyyy-MM-dd HH:mm:ss z, 2023-10-29 02:30:00 Europe/London, 2023-10-29T02:30:00Z",
    "EEE MMM dd HH:mm:ss z yyyy, Sun Oct 29 02:30:00 EST 2023, 2023-10-29T07:30:00Z",
    "yyyy-MM-dd HH:mm:ss[ z], 2023-10-29 12:30:00, 2023-10-29T12:30:00Z",
    "yyyy-MM-dd HH:mm:ssXX, 2023-10-29 02:30:00+0200, 2023-10-29T00:30:00Z",
    "yyyy-MM-dd HH:mm:ssXX, 2023-10-29 02:30:00+02:00, 2023-10-29T00:30:00Z",
    "yyyy-MM-dd HH:mm:ssXXX, 2023-10-29 02:30:00+02, 2023-10-29T00:30:00Z",
    "yyyy-MM-dd HH:mm:ssZ, 2023-10-29 02:30:00Z, 2023-10-29T02:30:00Z",
    "dd.MM.yyyy HH:mm, 29.02.2024\u00A023:59, 2024-02-29T23:59:00Z",
    "YYYY-'W'ww-e, 2024-W09-4, 2024-02-29T00:00:00Z",
    "YYYY-'W'ww-e, 2024-W01-7, 2024-01-07T00:00:00Z",
    "YYYY-'W'ww, 2024-W01, 2024-01-01T00:00:00Z"
  })
  void readsPatterns(String pattern, String text, Instant expected) {
    assertThat(TimePattern.problem(pattern)).isEmpty();
    assertThat(micros(pattern, "UTC", text)).isEqualTo(TimestampText.micros(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "dd.MM.yyyy HH:mm, 31.04.2024 24:00",
    "dd.MM.yyyy HH:mm, 30.02.2024 00:24",
    "dd.MM.yyyy HH:mm, 01.01.2024 24:01",
    "yyyy-MM-dd HH:mm:ss z, 2023-10-29 02:30:00 XYZ",
    "yyyy-MM-dd HH:mm:ss z, 2023-10-29 02:30:00",
    "yyyy-MM-dd HH:mm:ssz, 2023-10-29 02:30:00",
    "yyyy-MM-dd HH:mm:ssXX, 2023-10-29 02:30:00",
    "yyyy-MM-dd HH:mm:ssXX, 2023-10-29 02:30:00+02:0",
    "yyyy-MM-dd HH:mm:ssXX, 2023-10-29 24:00:00"
  })
  void refusesWhatIsNoTimeOfThePattern(String pattern, String text) {
    assertThat(micros(pattern, "UTC", text)).isEqualTo(TimestampText.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "dd/MM/yyyy hh:mm, \"h\"",
    "dd/MM/yyyy KK:mm, half a day",
    "dd/mm/yyyy HH:mm, write M",
    "YYYY-MM-dd HH:mm, \"Y\"",
    "yyyy-MM-DD HH:mm, \"D\"",
    "yyyy-MM-dd HH:mm:SS, \"S\"",
    "dd/MM HH:mm, year",
    "yyyy-MM HH:mm, no day",
    "yyyy-dd HH:mm, no month",
    "yyyy-MM-dd mm:ss, no hour",
    "yyyy-MM-dd HH.ss, no minute",
    "HH:mm:ss, year",
    "EEE HH:mm, year",
    "yyyy-MM-dd'T'HH:mm:ss', literal",
    "yyyy-MM-ddTHH:mm, letter: T",
    "yyyy EEE, full date"
  })
  void aPatternThatYieldsNoFullTimeIsRefusedNamingTheLetter(String pattern, String named) {
    assertThat(TimePattern.problem(pattern)).get().asString().contains(named);
  }

  /** Every form a writer may choose reads back to the instant it stands for. */
  @Test
  void randomTimesOffsetsAndFormsReadBackToTheSameInstants() {
    Random random = new Random(7);
    List<String> zones =
        ZoneId.getAvailableZoneIds().stream().filter(id -> id.contains("/")).sorted().toList();
    List<String> shapes =
        List.of(
            "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "yyyy-MM-dd HH:mm:ss.SSSSSSxx",
            "yyyy-MM-dd HH:mm:ss.SSSSSS x",
            "yyyy-MM-dd'T'HH:mm:ss.SSSSSS xxxxx",
            "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXXXX'['VV']'",
            "yyyy-MM-dd HH:mm:ss.SSSSSS VV");
    for (int i = 0; i < 20_000; i++) {
      long micros = random.nextLong(4_000_000_000_000_000L);
      Instant instant = Instant.ofEpochSecond(0, micros * 1000);
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      String shape = shapes.get(random.nextInt(shapes.size()));
      ZoneOffset offset = zone.getRules().getOffset(instant);
      boolean twice =
          zone.getRules().getValidOffsets(LocalDateTime.ofInstant(instant, offset)).size() > 1;
      int unit = shape.endsWith(" x") ? 3600 : shape.matches(".*([xX]{5}|VV).*") ? 1 : 60;
      boolean fits = offset.getTotalSeconds() % unit == 0;
      if (fits && !(twice && shape.endsWith("VV"))) {
        String text =
            DateTimeFormatter.ofPattern(shape, Locale.ENGLISH).format(instant.atZone(zone));
        assertThat(micros("auto", "America/New_York", text)).as(text).isEqualTo(micros);
        assertThat(micros(shape, "America/New_York", text)).as(shape).isEqualTo(micros);
      }
    }
  }

  /** Local times of any zone read back, but in the hour that occurs twice. */
  @Test
  void randomLocalTimesReadBackInTheirZone() {
    Random random = new Random(8);
    for (String name : Set.of("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC")) {
      ZoneId zone = ZoneId.of(name);
      for (int i = 0; i < 5_000; i++) {
        Instant instant = Instant.ofEpochSecond(random.nextLong(2_000_000_000L));
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        if (zone.getRules().getValidOffsets(local).size() == 1) {
          long micros = TimestampText.micros(instant);
          String text = local.format(DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss"));
          assertThat(micros("auto", name, local.toString())).as(local + name).isEqualTo(micros);
          assertThat(micros("dd.MM.yyyy HH:mm:ss", name, text)).as(text + name).isEqualTo(micros);
        }
      }
    }
  }

  @Test
  void tellsTimesWithAnOffsetFromLocalOnes() {
    TimestampText auto = new TimestampText("auto", ZoneOffset.UTC);
    assertThat(auto.isLocal("2024-01-01 00:00")).isTrue();
    assertThat(auto.isLocal("2024-01-01 00:00+00")).isFalse();
    assertThat(auto.isLocal("2024-01-01 00:00 CET")).isFalse();
    assertThat(TimePattern.hasZone("yyyy-MM-dd'T'HH:mm")).isFalse();
    assertThat(TimePattern.hasZone("yyyy-MM-dd'T'HH:mm[XXX]")).isTrue();
  }

  private static long at(String instant) {
    return TimestampText.micros(Instant.parse(instant));
  }

  private static long micros(String format, String zone, String text) {
    return new TimestampText(format, ZoneId.of(zone)).micros(text);
  }
}

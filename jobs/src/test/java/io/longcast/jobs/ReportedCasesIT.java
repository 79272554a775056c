package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs that people really had, each read by its own run file, with the values that are right;
 * {@link ReportedRunsIT} trains on some of them.
 */
class ReportedCasesIT {
  private static final String[] HOURLY = {"2024-01-09T08:00:00Z", "2024-01-09T09:00:00Z"};

  @TempDir static Path output;
  private static ReportedCases cases;

  @BeforeAll
  static void open() {
    cases = ReportedCases.open(output);
  }

  @AfterAll
  static void close() {
    if (cases != null) {
      cases.close();
    }
  }

  /** Run files whose rows become series: further settings, and what must come out. */
  static Stream<Arguments> series() {
    return Stream.of(
        reads(
            "02/run.conf",
            "",
            each ->
                each.used(400, 0)
                    .complete("s0", 200)
                    .begins("s0", 0, 1200000000.94, 1200000003.78, 1200000009.32)),
        reads(
            "03/run.conf",
            "",
            each ->
                each.used(600, 0)
                    .ids("007", "7", "010")
                    .begins("007", 0, 99.92)
                    .begins("7", 0, 19.92)),
        reads("04/run.conf", "", ReportedCasesIT::isFiveHertz),
        reads("04/ms.conf", "", ReportedCasesIT::isFiveHertz),
        reads("05/run.conf", "", ReportedCasesIT::isComplete),
        reads("05/infer.conf", "", each -> isComplete(each.every("1h"))),
        reads(
            "06/run.conf",
            "",
            each ->
                each.used(400, 1)
                    .rejects(1, "implausible timestamp")
                    .complete("s0", 200)
                    .next("s0", HOURLY)),
        reads(
            "06/old.conf",
            "",
            each ->
                each.used(400, 1)
                    .rejects(1, "implausible timestamp")
                    .complete("s0", 200)
                    .from("s0", "2024-01-01T00:00:00Z")),
        reads(
            "08/sep.conf",
            "source.numbers.decimal=\",\"",
            each -> each.used(200, 0).begins("G1", 0, 20.39, 21.73)),
        reads("08/u16.conf", "", each -> each.used(200, 0).begins("G1", 0, 20.39, 21.73)),
        reads(
            "09/run.conf",
            "source.numbers.thousands=\",\"",
            each -> each.used(200, 0).begins("s", 0, 2000.39, 2001.73)),
        reads(
            "09/unit.conf",
            "source.numbers.units=[\"°C\"]",
            each -> each.used(200, 0).begins("s", 0, 20.39, 21.73)),
        reads(
            "10/run.conf",
            "",
            each ->
                each.complete("s", 200)
                    .at("s", "2024-01-02T00:00:00Z", 18.60)
                    .at("s", "2024-01-03T00:00:00Z", 18.58)),
        reads(
            "10/kk.conf",
            "",
            each ->
                each.complete("s", 200)
                    .at("s", "2024-01-02T00:00:00Z", 18.60)
                    .at("s", "2024-01-03T00:00:00Z", 18.58)),
        reads(
            "12/run.conf",
            "source.time.columns=[Date,Time],source.time.format=\"d/M/yyyy HH:mm:ss\"",
            each ->
                each.used(200, 0)
                    .observed("series", 0, 200, 196)
                    .begins("series", 0, 20.386, 21.729)),
        reads("13/run.conf", "", each -> each.used(200, 0).begins("door", 0, 0, 1, 0, 1)),
        reads(
            "13/nested.conf",
            "",
            each ->
                each.used(200, 0)
                    .channels("payload.temp")
                    .from("dev", "2024-01-01T00:00:00Z")
                    .begins("dev", 0, 20.39, 21.73)),
        reads(
            "14/run.conf",
            "",
            each -> each.used(400, 0).begins("a", 0, 20.39).begins("b", 0, 20.39, 21.73)),
        reads("16/run.conf", "", ReportedCasesIT::losesTwentyCells),
        reads("16/star.conf", "", ReportedCasesIT::losesTwentyCells),
        reads(
            "18/me4.conf",
            "",
            each ->
                each.used(57, 0)
                    .every("1ME")
                    .next(
                        "s",
                        "2024-01-31T00:00:00Z",
                        "2024-02-29T00:00:00Z",
                        "2024-03-31T00:00:00Z")),
        reads(
            "18/bd.conf",
            "",
            each ->
                each.every("1b")
                    .complete("s", 150)
                    .next(
                        "s",
                        "2023-07-31T00:00:00Z",
                        "2023-08-01T00:00:00Z",
                        "2023-08-02T00:00:00Z",
                        "2023-08-03T00:00:00Z",
                        "2023-08-04T00:00:00Z",
                        "2023-08-07T00:00:00Z")),
        reads(
            "19/off.conf",
            "",
            each ->
                each.complete("s", 120).from("s", "2023-10-26T00:00:00Z").begins("s", 0, 0, 1, 2)),
        reads(
            "19/name.conf",
            "",
            each ->
                each.complete("s", 120).from("s", "2023-10-26T00:00:00Z").begins("s", 0, 0, 1, 2)),
        reads("20/run.conf", "", each -> each.rejects(40, "source.options.multiLine = true")),
        reads(
            "20/ml.conf",
            "",
            each -> each.used(200, 0).complete("s", 200).begins("s", 0, 20.39, 21.73)),
        reads("20/gz.conf", "", each -> each.used(200, 0).complete("a", 200)),
        reads(
            "21/run.conf",
            "",
            each -> each.used(200, 2).complete("a", 200).begins("a", 0, 20.39, 21.73)),
        reads("22/sp.conf", "", each -> each.used(200, 0).begins("s", 0, 20.39, 21.73)),
        reads(
            "22/run.conf",
            "source.query=\"SELECT series_id, timestamp, value_2 AS value FROM source\"",
            each -> each.used(200, 0).begins("s", 0, 40.77, 43.46)),
        reads("26/run.conf", "", each -> each.complete("live", 200).complete("dead", 200)),
        reads(
            "51/nanos.conf",
            "",
            each ->
                each.used(200, 0)
                    .complete("s", 200)
                    .from("s", "2024-01-01T00:00:00Z")
                    .begins("s", 0, 20, 21.294095)),
        reads(
            "52/nan.conf",
            "",
            each ->
                each.used(200, 0)
                    .cellsRejected(67)
                    .observed("s", 0, 200, 200)
                    .observed("s", 1, 200, 133)),
        reads(
            "52/struct.conf",
            "",
            each -> each.used(200, 0).channels("payload.temp").begins("s", 0, 20, 21.294095)),
        reads("53/col.conf", "", ReportedCasesIT::hasMergedColumns),
        reads("53/star.conf", "", ReportedCasesIT::hasMergedColumns),
        reads(
            "53/int.conf",
            "",
            each -> each.used(400, 0).begins("a", 0, 20, 21, 22).begins("b", 0, 20, 21.294095)),
        reads(
            "53/ren.conf",
            "",
            each -> each.used(200, 200).ids("a").rejects(200, "no channel has a value")),
        reads(
            "54/case.conf",
            "",
            each -> each.used(200, 0).channels("value").begins("s", 0, 20, 21.294095)),
        reads(
            "54/pd.conf",
            "",
            each -> assertThat(each.layout().channels()).doesNotContain("__index_level_0__")),
        reads("60/run.conf", "", each -> each.used(1200, 0).complete("s0", 300)),
        reads("60/fc.conf", "", each -> each.complete("s0", 300).complete("s2", 300)),
        reads("63/run.conf", "clean.counters.value=difference", ReportedCasesIT::countsUpOnly),
        reads(
            "64/run.conf",
            "source.time.format=epoch-seconds",
            each -> each.used(300, 0).from("s", "2024-01-01T00:00:00Z")),
        reads(
            "65/run.conf",
            "",
            each -> each.used(200, 0).complete("s", 200).begins("s", 0, 20.39, 21.73)),
        reads(
            "69/run.conf",
            "source.numbers.thousands=\".\",source.numbers.decimal=\",\"",
            each ->
                each.used(200, 0)
                    .begins("s", 0, 1000, 1008, 1015)
                    .at("s", "2024-01-01T13:00:00Z", 992)));
  }

  private static Arguments reads(String file, String more, Consumer<CleanedCase> right) {
    return arguments(file, more, right);
  }

  private static void isFiveHertz(CleanedCase found) {
    found.every("200ms").complete("s0", 1000).begins("s0", 0, 10, 14.755, 12.939, 7.061);
  }

  private static void isComplete(CleanedCase found) {
    found.used(400, 0).complete("s0", 200).complete("s1", 200).begins("s1", 0, 20.39, 21.73);
  }

  private static void losesTwentyCells(CleanedCase found) {
    found.used(200, 0).cellsRejected(20).channels("temp.in", "Temp Out", "CO2 [ppm]");
    found.observed("series", 0, 200, 200).observed("series", 2, 200, 180);
  }

  private static void hasMergedColumns(CleanedCase found) {
    found.used(400, 0).channels("value", "hum").observed("a", 1, 200, 0).observed("b", 1, 200, 200);
    found.begins("b", 1, 70, 71.294095);
  }

  private static void countsUpOnly(CleanedCase found) {
    assertThat(found.values("c0", 0)).hasSize(400);
    assertThat(Arrays.stream(found.values("c0", 0)).min().orElseThrow()).isNotNegative();
    assertThat(Arrays.copyOfRange(found.values("c0", 0), 1, 5)).containsExactly(112, 124, 135, 143);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("series")
  void readsTheRightSeries(String file, String more, Consumer<CleanedCase> right) {
    right.accept(cases.series(file, words(more)));
  }

  private static String[] words(String more) {
    // A comma between settings is followed by their section.
    return more.isEmpty() ? new String[0] : more.split(",(?=source\\.|logs\\.|clean\\.)");
  }

  /** Run files that are refused: what the message names. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "01/run.conf | hour of half a day and needs AM or PM | source.time.format",
        "01/mm.conf | it has no month | source.time.format",
        "08/run.conf | column \"Zeit\" is missing | source.options.sep = \";\"",
        "08/sep.conf | text in number column \"Temperatur\" | source.numbers.decimal = \",\"",
        "09/run.conf | text in number column \"value\" | source.numbers.thousands = \",\"",
        "09/unit.conf | text in number column \"value\" | source.numbers.units = [\"°C\"]",
        "18/ym.conf | 60 as unparsable timestamp | source.time.format",
        "22/run.conf | column \"value\" occurs twice | source.valueColumns",
        "22/star.conf | column \"value\" occurs twice | source.valueColumns",
        "64/run.conf | as epoch-seconds it is 2024-01-01T00:00:00Z | source.time.format",
        "64/infer.conf | as epoch-seconds it is 2024-01-01T00:00:00Z | source.time.format"
      })
  void refusesSeriesWithTheRemedy(String file, String cause, String remedy) {
    assertThatThrownBy(() -> cases.series(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(cause)
        .hasMessageContaining(remedy);
  }

  /** Run files of logs: further settings, and what must come out. */
  static Stream<Arguments> logs() {
    return Stream.of(
        log(
            "31/noyear.conf",
            "logs.lines.year=2024",
            each ->
                each.inSessions(300).from("2023-12-31T23:40:00Z").until("2024-01-01T00:39:08Z")),
        log("32/run.conf", "", each -> each.inSessions(300).from("2023-12-31T21:00:00Z")),
        log(
            "33/run.conf",
            "",
            each ->
                each.inSessions(300)
                    .begins("level", "info")
                    .begins("session_id", "job-0000")
                    .begins("content", "accepted from 10.0.0.3")),
        log(
            "33/cri.conf",
            "",
            each ->
                each.inSessions(300)
                    .from("2024-01-01T00:00:00.123456Z")
                    .begins("session_id", "job-0000")),
        log(
            "33/docker.conf",
            "",
            each ->
                each.inSessions(300)
                    .from("2024-01-01T00:00:00.123456Z")
                    .begins("session_id", "job-0000")
                    .begins("content", "INFO [job-0000] accepted from 10.0.0.3")),
        log(
            "35/run.conf",
            "",
            each ->
                each.inSessions(300)
                    .from("2024-01-01T00:00:00Z")
                    .begins("level", "INFO")
                    .begins("content", "accepted from 10.0.0.3")),
        log("39/run.conf", "", each -> inOrder(each.inSessions(300))),
        log(
            "41/run.conf",
            "",
            each ->
                each.inSessions(300)
                    .from("2024-01-01T00:00:00Z")
                    .begins("content", "hi\ufffd", "queued at position 2")),
        log(
            "81/run.conf",
            "",
            each ->
                assertThat(each.inSessions(2000).times())
                    .isEqualTo(cases.lines("81/iso.conf").times())),
        log("81/iso.conf", "", each -> each.inSessions(2000).from("2023-12-31T18:00:56Z")),
        log(
            "82/run.conf",
            "",
            each ->
                assertThat(each.inSessions(1000).sessions())
                    .isEqualTo(cases.lines("82/one.conf").sessions())),
        log("82/one.conf", "", each -> each.inSessions(1000)),
        log(
            "83/run.conf",
            "",
            each ->
                assertThat(each.inSessions(1500).from("2023-10-28T22:00:56Z").sessions())
                    .isSorted()),
        log("84/run.conf", "", each -> each.inSessions(301)),
        log("84/run.conf", "logs.lines.multiline=false", each -> each.inSessions(300).rejected(1)));
  }

  private static Arguments log(String file, String more, Consumer<LogCase> right) {
    return arguments(file, more, right);
  }

  private static void inOrder(LogCase found) {
    assertThat(found.sessions()).isSorted();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("logs")
  void readsTheRightLines(String file, String more, Consumer<LogCase> right) {
    right.accept(cases.lines(file, words(more)));
  }

  @Test
  void namesTheUnitOfTimesOfAnotherUnit() {
    assertThatThrownBy(() -> cases.lines("41/ms.conf"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("300 timestamp of another epoch unit")
        .hasMessageContaining("logs.lines.timestampFormat");
  }

  /** A run file that nothing here reads would be a case without a test. */
  @Test
  void everyRunFileHasATest() {
    Set<String> tested = new HashSet<>(List.of("01/run.conf", "01/mm.conf", "08/run.conf"));
    tested.addAll(List.of("18/ym.conf", "22/star.conf", "64/infer.conf", "41/ms.conf"));
    tested.addAll(List.of("81/b.conf", "81/d.conf", "82/b.conf", "82/d.conf", "83/b.conf"));
    tested.add("83/d.conf");
    Stream.concat(series(), logs()).forEach(each -> tested.add((String) each.get()[0]));
    assertThat(tested).containsAll(cases.runFiles());
  }
}

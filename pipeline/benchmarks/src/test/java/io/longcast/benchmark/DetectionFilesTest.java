package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections that are not as published: what is wrong, where, and what to do about it. */
class DetectionFilesTest {
  private static final String NAB_FILE = "data/real/a.csv";
  private static final String NAB_LABELS = "labels/combined_windows.json";
  private static final String SKAB_HEADER = "datetime;Current;Pressure;anomaly;changepoint\n";
  private static final String MSL_LABELS = "labeled_anomalies.csv";
  private static final String MSL_HEADER =
      "chan_id,spacecraft,anomaly_sequences,class,num_values\n";

  @TempDir Path data;

  private DetectionBenchmark read(String name) {
    Path conf = Path.of(System.getProperty("longcast.root"), "conf/benchmarks", name + ".conf");
    return new DetectionBenchmark(BenchmarkFile.protocol(conf), data);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refusal(String name) {
    return assertThatThrownBy(() -> read(name)).isInstanceOf(IllegalArgumentException.class);
  }

  private void write(String file, String text) throws IOException {
    Path path = data.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, file.endsWith(".gz") ? zipped(text) : text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void nab(String csv, String labels) throws IOException {
    write(NAB_FILE, csv);
    write(NAB_LABELS, labels);
  }

  private static String hours(int rows) {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < rows; i++) {
      csv.append("2015-01-%02d %02d:00:00,%d\n".formatted(1 + i / 24, i % 24, i));
    }
    return csv.toString();
  }

  @Test
  void readsFilesAsPublished() throws IOException {
    nab(
        hours(100),
        "{\"real/a.csv\": [[\"2015-01-02 00:00:00.000000\", \"2015-01-02 05:00:00.000000\"]]}");
    assertThat(read("nab").series().get(0).labels().toString()).contains("first=24", "last=29");
  }

  @Test
  void namesWhatIsMissingOfNab() throws IOException {
    refusal("nab").hasMessageContaining(data.resolve(NAB_LABELS).toString());
    refusal("nab").hasMessageContaining("--data DIR").hasMessageContaining("labelFile");
    write(NAB_LABELS, "{}");
    refusal("nab").hasMessageContaining("no folder " + data.resolve("data"));
    Files.createDirectories(data.resolve("data"));
    refusal("nab").hasMessageContaining("no .csv file in the folder " + data.resolve("data"));
    refusal("nab").hasMessageContaining("--data DIR");
  }

  @Test
  void namesWhatIsWrongInFilesOfNab() throws IOException {
    nab("", "{}");
    refusal("nab").hasMessageContaining("empty file: " + data.resolve(NAB_FILE));
    nab("timestamp,value\n", "{}");
    refusal("nab").hasMessageContaining("found none: " + data.resolve(NAB_FILE));
    nab("time,value\n2015-01-01 00:00:00,1\n", "{}");
    refusal("nab")
        .hasMessageContaining("expected a column timestamp, found [time, value]")
        .hasMessageContaining("first line");
    nab("timestamp,value\n01.01.2015,1\n", "{}");
    refusal("nab").hasMessageContaining("found 01.01.2015 in line 2 of " + data.resolve(NAB_FILE));
    nab("timestamp,value\n2015-01-01 00:00:00,one\n", "{}");
    refusal("nab").hasMessageContaining("expected a number in column value, line 2");
  }

  @Test
  void namesWhatIsWrongInTheLabelsOfNab() throws IOException {
    nab(hours(100), "");
    refusal("nab").hasMessageContaining("label file in JSON");
    nab(hours(100), "{}");
    refusal("nab")
        .hasMessageContaining("names none of the 1 data files")
        .hasMessageContaining("real/a.csv");
    nab(hours(100), "{\"real/a.csv\": ");
    refusal("nab").hasMessageContaining("label file in JSON");
    nab(hours(100), "{\"real/a.csv\": [[\"2016-01-02 00:00:00\", \"2016-01-02 05:00:00\"]]}");
    refusal("nab").hasMessageContaining("holds no row of real/a.csv");
    nab(hours(100), "{\"real/a.csv\": [\"2015-01-02 00:00:00\"]}");
    refusal("nab").hasMessageContaining("expected a window [first time, last time]");
  }

  @Test
  void namesWhatIsWrongOfSkab() throws IOException {
    refusal("skab").hasMessageContaining("no folder " + data).hasMessageContaining("--data DIR");
    for (String folder : new String[] {"other", "valve1", "valve2"}) {
      write(folder + "/1.csv", SKAB_HEADER);
    }
    refusal("skab").hasMessageContaining("expected rows below the header");
    for (String folder : new String[] {"other", "valve1", "valve2"}) {
      write(folder + "/1.csv", SKAB_HEADER.replace(';', ',') + "2020-03-09 10:34:33,1,1,0,0\n");
    }
    refusal("skab")
        .hasMessageContaining("expected a column anomaly")
        .hasMessageContaining("separator");
    for (String folder : new String[] {"other", "valve1", "valve2"}) {
      write(folder + "/1.csv", SKAB_HEADER + "2020-03-09 10:34:33;1;1;0;0\n");
    }
    refusal("skab")
        .hasMessageContaining("more than the 400 rows")
        .hasMessageContaining("found 1 in");
  }

  @Test
  void namesWhatIsWrongOfMsl() throws IOException {
    refusal("msl")
        .hasMessageContaining(
            "no such data file, or it cannot be read: " + data.resolve(MSL_LABELS));
    write(MSL_LABELS, "");
    refusal("msl").hasMessageContaining("empty file: " + data.resolve(MSL_LABELS));
    write(MSL_LABELS, "channel,craft\n");
    refusal("msl").hasMessageContaining("expected a column chan_id, found [channel, craft]");
    write(MSL_LABELS, MSL_HEADER + "T-1,SMAP,\"[[5, 9]]\",[point],100\n");
    refusal("msl").hasMessageContaining("no channel of MSL is labelled in");
    write(MSL_LABELS, MSL_HEADER + "M-1,MSL,\"[[5, 9]]\",[point],100\n");
    refusal("msl").hasMessageContaining(data.resolve("MSL/train/M-1.csv.gz").toString());
    write("MSL/train/M-1.csv.gz", "value\n1\n2\n");
    refusal("msl").hasMessageContaining("cannot be read: " + data.resolve("MSL/test/M-1.csv.gz"));
    write("MSL/test/M-1.csv.gz", "value\n1\n2\n");
    refusal("msl").hasMessageContaining("more than 9 rows").hasMessageContaining("2 rows");
    Files.write(data.resolve("MSL/test/M-1.csv.gz"), new byte[] {1, 2, 3});
    refusal("msl").hasMessageContaining("cannot read " + data.resolve("MSL/test/M-1.csv.gz"));
  }
}

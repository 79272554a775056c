package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores of AWS's Random Cut Forest, with 50 trees of 256 rows and shingles of 8, and the grades of
 * its thresholded form, by its own library in a process of its own. It has seen the last learning
 * rows, as many as it remembers.
 */
final class RandomCutForest {
  private static final String GROUP = "software.amazon.randomcutforest";
  private static final String VERSION = "4.3.0";

  /** Learning rows that it is given, at most: three times as many as its samples reach back. */
  private static final int LEARNING_ROWS = 8192;

  private static final PeerProcess PEER =
      new PeerProcess(
          RandomCutForest.class,
          "RandomCutForestPeer.java",
          List.of(
              PeerProcess.localJar(GROUP, "randomcutforest-core", VERSION),
              PeerProcess.localJar(GROUP, "randomcutforest-parkservices", VERSION)));

  private RandomCutForest() {}

  /**
   * One array a series, a value a row.
   *
   * @param scores of the forest
   * @param grades of its thresholded form, 0 for rows that it takes for normal
   */
  record Scores(List<double[]> scores, List<double[]> grades) {}

  static boolean isAvailable() {
    return PEER.isAvailable();
  }

  /** What brings the library to where it is looked for. */
  static String hint() {
    return "mvn dependency:get -Dtransitive=false -Dartifact=%s:randomcutforest-core:%s, and the"
            .formatted(GROUP, VERSION)
        + " same for randomcutforest-parkservices";
  }

  static Scores of(List<LabelledSeries> series) {
    try {
      Path rows = Files.createTempFile("longcast-rows", ".bin");
      Path scores = Files.createTempFile("longcast-scores", ".bin");
      try {
        write(series, rows);
        PEER.run(rows.toString(), scores.toString());
        return read(series, scores);
      } finally {
        Files.deleteIfExists(rows);
        Files.deleteIfExists(scores);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("rows or scores of the peer", e);
    }
  }

  private static int first(RowSeries series) {
    return Math.max(0, series.learningRows() - LEARNING_ROWS);
  }

  private static void write(List<LabelledSeries> all, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(all.size());
      for (LabelledSeries labelled : all) {
        RowSeries series = labelled.series();
        double[] before = new double[series.rows()[0].length];
        out.writeInt(before.length);
        out.writeInt(series.length() - first(series));
        for (int row = first(series); row < series.length(); row++) {
          for (int c = 0; c < before.length; c++) {
            double value = series.rows()[row][c];
            before[c] = Double.isFinite(value) ? value : before[c];
            out.writeDouble(before[c]);
          }
        }
      }
    }
  }

  private static Scores read(List<LabelledSeries> all, Path file) throws IOException {
    Scores scores = new Scores(new ArrayList<>(), new ArrayList<>());
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (LabelledSeries labelled : all) {
        RowSeries series = labelled.series();
        double[] own = new double[series.length()];
        double[] grades = new double[series.length()];
        for (int row = first(series); row < own.length; row++) {
          own[row] = in.readDouble();
          grades[row] = in.readDouble();
        }
        scores.scores.add(own);
        scores.grades.add(grades);
      }
    }
    return scores;
  }
}

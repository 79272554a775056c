import com.amazon.randomcutforest.parkservices.AnomalyDescriptor;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Scores and grades of every row; arguments: file of rows, file of scores. Rows: the number of
 * series, and of each its channels, its rows and their values; scores: of each row score and grade.
 */
public final class RandomCutForestPeer {
  private static final int SHINGLE = 8;

  public static void main(String[] args) throws Exception {
    try (DataInputStream in = new DataInputStream(
            new BufferedInputStream(Files.newInputStream(Path.of(args[0]))));
        DataOutputStream out = new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(Path.of(args[1]))))) {
      int series = in.readInt();
      for (int i = 0; i < series; i++) {
        score(in, out);
      }
    }
  }

  private static void score(DataInputStream in, DataOutputStream out) throws Exception {
    double[] row = new double[in.readInt()];
    int rows = in.readInt();
    ThresholdedRandomCutForest forest =
        ThresholdedRandomCutForest.builder()
            .dimensions(SHINGLE * row.length)
            .shingleSize(SHINGLE)
            .randomSeed(1)
            .parallelExecutionEnabled(false)
            .build();
    for (int t = 0; t < rows; t++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = in.readDouble();
      }
      AnomalyDescriptor result = forest.process(row, t);
      out.writeDouble(result.getRCFScore());
      out.writeDouble(result.getAnomalyGrade());
    }
  }
}

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import java.util.Locale;
import java.util.SplittableRandom;

/** AWS's Random Cut Forest on a wave; arguments: points, shingle size, trees. */
public final class ForestPeer {
  public static void main(String[] args) throws Exception {
    int points = Integer.parseInt(args[0]);
    int shingle = Integer.parseInt(args[1]);
    int trees = Integer.parseInt(args[2]);
    RandomCutForest forest =
        RandomCutForest.builder()
            .dimensions(shingle)
            .shingleSize(shingle)
            .internalShinglingEnabled(true)
            .numberOfTrees(trees)
            .sampleSize(256)
            .randomSeed(1)
            .parallelExecutionEnabled(false)
            .build();
    SplittableRandom random = new SplittableRandom(0);
    double sum = 0;
    long counted = 0;
    for (int t = 0; t < points; t++) {
      float value = (float) (50 + 10 * Math.sin(2 * Math.PI * t / 24) + 3 * random.nextDouble());
      long start = System.nanoTime();
      sum += forest.getAnomalyScore(new float[] {value});
      forest.update(new float[] {value});
      counted += t >= points / 2 ? System.nanoTime() - start : 0;
    }
    RandomCutForestMapper mapper = new RandomCutForestMapper();
    mapper.setSaveExecutorContextEnabled(true);
    mapper.setSaveTreeStateEnabled(true);
    long bytes = bytes(mapper.toState(forest));
    System.out.printf(
        Locale.ROOT,
        "%-48s %8.2f us a point %10d bytes of state%n",
        "Random Cut Forest, shingle " + shingle + ", " + trees + " trees",
        counted / 1e3 / (points - points / 2),
        bytes);
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("no scores");
    }
  }

  /** Size of everything a state holds, by walking its fields: it is not serializable. */
  private static long bytes(Object state) throws Exception {
    return walk(state, new java.util.IdentityHashMap<>());
  }

  private static long walk(Object o, java.util.IdentityHashMap<Object, Object> seen)
      throws Exception {
    if (o == null || seen.put(o, o) != null) {
      return 0;
    }
    if (o instanceof byte[] b) {
      return b.length;
    }
    if (o instanceof int[] b) {
      return 4L * b.length;
    }
    if (o instanceof double[] b) {
      return 8L * b.length;
    }
    if (o instanceof float[] b) {
      return 4L * b.length;
    }
    if (o instanceof Iterable<?> list) {
      long sum = 0;
      for (Object each : list) {
        sum += walk(each, seen);
      }
      return sum;
    }
    if (!o.getClass().getName().startsWith("com.amazon.")) {
      return 8;
    }
    long sum = 0;
    for (java.lang.reflect.Field field : o.getClass().getDeclaredFields()) {
      if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        sum += walk(field.get(o), seen);
      }
    }
    return sum;
  }
}

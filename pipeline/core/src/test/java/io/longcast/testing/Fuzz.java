package io.longcast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Seeded hostile inputs for one parser. Each input is taken or refused by one of the exceptions
 * that the parser declares; it takes no more than a second of processor time for each started
 * kilobyte, and allocates no more than {@value #MAX_RATIO} times its size, apart from what an
 * ordinary input takes. The first input that does not fails the test, which shows it.
 */
public final class Fuzz {
  private static final int MAX_RATIO = 10;
  private static final long NANOS_A_KILOBYTE = 1_000_000_000L;
  private static final long PAUSE_MILLIS = 50;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final long ordinaryBytes;
  private final List<Class<?>> refusals;
  private final Parser parser;

  private int taken;
  private int refused;
  private long bytes;
  private long slowest;
  private long largest;

  /** A parser under test. */
  @FunctionalInterface
  public interface Parser {
    /** Parses an input; fails the test by itself where rows are lost. */
    void parse(byte[] input) throws Exception;
  }

  /** Makes inputs. */
  @FunctionalInterface
  public interface Generator {
    byte[] next(SplittableRandom random);
  }

  private record Work(int index, byte[] input, long cpuAtStart) {}

  /**
   * @param name of the parser, for messages
   * @param ordinaryBytes what parsing an ordinary input may allocate
   * @param refusals what it refuses an input by
   */
  public Fuzz(String name, long ordinaryBytes, Parser parser, Class<?>... refusals) {
    this.name = name;
    this.ordinaryBytes = ordinaryBytes;
    this.parser = parser;
    this.refusals = List.of(refusals);
  }

  /**
   * Parses inputs one after the other and prints one line of counts.
   *
   * @return how many were refused
   */
  public int run(long seed, int inputs, Generator generator) {
    AtomicReference<Work> current = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                parseAll(seed, inputs, generator, current);
              } catch (Throwable wrong) {
                failure.set(wrong);
              }
            },
            "fuzz " + name);
    worker.setDaemon(true);
    worker.start();
    await(worker, current);
    if (failure.get() != null) {
      throw new AssertionError(shown(current.get()), failure.get());
    }
    System.out.printf(
        Locale.ROOT,
        "FUZZ %s: %,d inputs (%,d bytes), %,d taken, %,d refused, slowest %.0f ms of processor"
            + " time, largest allocation %,d bytes%n",
        name,
        inputs,
        bytes,
        taken,
        refused,
        slowest / 1e6,
        largest);
    return refused;
  }

  private void await(Thread worker, AtomicReference<Work> current) {
    try {
      while (worker.isAlive()) {
        worker.join(PAUSE_MILLIS);
        Work work = current.get();
        long now = THREADS.getThreadCpuTime(worker.getId());
        if (work != null && now - work.cpuAtStart() > 2 * limit(work.input())) {
          AssertionError hangs = new AssertionError(shown(work) + " hangs");
          hangs.setStackTrace(worker.getStackTrace());
          throw hangs;
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  private void parseAll(long seed, int inputs, Generator generator, AtomicReference<Work> current) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < inputs; i++) {
      byte[] input = generator.next(random);
      Work work = new Work(i, input, THREADS.getCurrentThreadCpuTime());
      current.set(work);
      parse(work);
    }
    current.set(null);
  }

  private void parse(Work work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean isTaken = isTaken(work.input());
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long time = THREADS.getCurrentThreadCpuTime() - work.cpuAtStart();
    long most = ordinaryBytes + (long) MAX_RATIO * work.input().length;
    if (allocated > most) {
      // What the JVM loads on a path that is taken for the first time is no cost of the input.
      before = THREADS.getCurrentThreadAllocatedBytes();
      isTaken(work.input());
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    taken += isTaken ? 1 : 0;
    refused += isTaken ? 0 : 1;
    bytes += work.input().length;
    slowest = Math.max(slowest, time);
    largest = Math.max(largest, allocated);
    assertThat(time).as("nanoseconds").isLessThanOrEqualTo(limit(work.input()));
    assertThat(allocated)
        .as("allocated bytes for an input of %d", work.input().length)
        .isLessThanOrEqualTo(most);
  }

  private boolean isTaken(byte[] input) {
    try {
      parser.parse(input);
      return true;
    } catch (AssertionError lost) {
      throw lost;
    } catch (Throwable thrown) {
      if (refusals.stream().noneMatch(kind -> kind.isInstance(thrown))) {
        throw new AssertionError("not a refusal", thrown);
      }
      assertThat(thrown.getMessage()).as("message of a refusal").isNotBlank();
      return false;
    }
  }

  private static long limit(byte[] input) {
    return NANOS_A_KILOBYTE * (1 + input.length / 1024);
  }

  private String shown(Work work) {
    return "%s, input %d, base64: %s"
        .formatted(name, work.index(), Base64.getEncoder().encodeToString(work.input()));
  }

  /**
   * Whole inputs with one to four changes: bits, numbers and pieces written over them, put in,
   * repeated; parts left out, doubled, exchanged with other inputs, cut off.
   *
   * @param whole inputs that are taken
   * @param pieces that mean something to the parser
   */
  public static Generator mutations(List<byte[]> whole, List<byte[]> pieces) {
    return random -> {
      byte[] input = whole.get(random.nextInt(whole.size()));
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        input = changed(input, whole, pieces, random);
      }
      return input;
    };
  }

  /**
   * Inputs that end with their CRC32C: three in four get the one that fits, as one who means harm
   * would give them.
   */
  public static Generator sealed(Generator damaged) {
    return random -> {
      byte[] bytes = damaged.next(random);
      return random.nextInt(4) > 0 ? sealed(bytes) : bytes;
    };
  }

  private static byte[] sealed(byte[] bytes) {
    int end = bytes.length - Integer.BYTES;
    if (end > 0) {
      CRC32C sum = new CRC32C();
      sum.update(bytes, 0, end);
      ByteBuffer.wrap(bytes).putInt(end, (int) sum.getValue());
    }
    return bytes;
  }

  private static byte[] changed(
      byte[] input, List<byte[]> whole, List<byte[]> pieces, SplittableRandom random) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + random.nextInt(1, 16));
    byte[] piece = pieces.get(random.nextInt(pieces.size()));
    return switch (random.nextInt(9)) {
      case 0 -> spliced(input, at, at, piece);
      case 1 -> spliced(input, at, to, piece);
      case 2 -> spliced(input, at, to, new byte[0]);
      case 3 -> spliced(input, at, at, Arrays.copyOfRange(input, at, to));
      case 4 -> spliced(input, at, at, repeated(piece, random.nextInt(1, 60)));
      case 5 -> flipped(input, random);
      case 6 -> spliced(input, at, Math.min(input.length, at + 4), number(random));
      case 7 -> other(input, at, whole.get(random.nextInt(whole.size())), random);
      default -> random.nextInt(8) == 0 ? Arrays.copyOf(input, at) : flipped(input, random);
    };
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] piece) {
    byte[] result = new byte[input.length - (to - from) + piece.length];
    System.arraycopy(input, 0, result, 0, from);
    System.arraycopy(piece, 0, result, from, piece.length);
    System.arraycopy(input, to, result, from + piece.length, input.length - to);
    return result;
  }

  private static byte[] repeated(byte[] piece, int times) {
    byte[] result = new byte[piece.length * times];
    IntStream.range(0, times)
        .forEach(i -> System.arraycopy(piece, 0, result, i * piece.length, piece.length));
    return result;
  }

  private static byte[] flipped(byte[] input, SplittableRandom random) {
    byte[] result = input.clone();
    if (result.length > 0) {
      result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return result;
  }

  /** Four bytes that a length or a count may be read from. */
  private static byte[] number(SplittableRandom random) {
    int[] numbers = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, random.nextInt()};
    int number = numbers[random.nextInt(numbers.length)];
    number = random.nextBoolean() ? number : Integer.reverseBytes(number);
    return new byte[] {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
  }

  /** The beginning of one input and the end of another. */
  private static byte[] other(byte[] input, int at, byte[] end, SplittableRandom random) {
    int from = random.nextInt(end.length + 1);
    return spliced(Arrays.copyOf(input, at), at, at, Arrays.copyOfRange(end, from, end.length));
  }
}

package io.longcast.model.recurrent;

import java.lang.System.Logger;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What decides the bits of a result: the back end, its vector width and the version of its order of
 * operations. Recorded in the manifest and compared across executors.
 *
 * @param backend {@code vector}, {@code plain} or {@code blas}
 * @param vectorBits width of the vectors, bits; 0 where the back end has none of its own
 * @param version order of operations; raised whenever a change alters results
 */
public record Numerics(String backend, int vectorBits, int version) {
  /** Order of operations of the kernels in this package. */
  public static final int VERSION = 1;

  private static final Logger LOG = System.getLogger(Numerics.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR = "io.longcast.model.recurrent.vector.VectorBackend";

  /** Checks the fields. */
  public Numerics {
    if (backend.isBlank()) {
      throw new IllegalArgumentException("backend must be named, found a blank");
    }
  }

  /** Whether this JVM was started with the Vector API. */
  public static boolean vectorAvailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        && Numerics.class.getResource("vector/VectorBackend.class") != null;
  }

  /**
   * The fastest back end of this JVM: vectors if the module is there, else the fallback, with one
   * warning a JVM that says how to get them.
   *
   * @param fallback opened where there is no Vector API
   */
  public static Backend open(Supplier<? extends Backend> fallback) {
    if (vectorAvailable()) {
      return vector();
    }
    Backend plain = fallback.get();
    if (!WARNED.getAndSet(true)) {
      LOG.log(
          Logger.Level.WARNING,
          "recurrent kernels run on back end \"{0}\", several times slower: start the JVM with"
              + " --add-modules={1} for vector kernels",
          plain.numerics().backend(),
          MODULE);
    }
    return plain;
  }

  /** As {@link #open(Supplier)}, falling back on {@link #plain()}. */
  public static Backend open() {
    return open(Numerics::plain);
  }

  /** The back end in plain Java loops, on every JVM. */
  public static Backend plain() {
    return new PlainBackend();
  }

  /**
   * The back end on {@code jdk.incubator.vector}.
   *
   * @throws IllegalStateException if the JVM was started without the module
   */
  public static Backend vector() {
    if (!vectorAvailable()) {
      throw new IllegalStateException(
          "back end 'vector' needs the JVM option --add-modules=" + MODULE + ", found none");
    }
    try {
      return (Backend) Class.forName(VECTOR).getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot start " + VECTOR, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot load " + VECTOR, e);
    }
  }

  /** As written in a manifest: {@code vector-512-v1}. */
  public String text() {
    return backend + "-" + vectorBits + "-v" + version;
  }
}

package io.longcast.testing;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaves cached data in the shared session, and frees that data.
 *
 * <p>It is found by JUnit itself, for every class. Without it the class that runs next fails when
 * it counts what is cached, and which one that is depends on the order of the files on the disk.
 */
public final class NothingCached implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    Map<Integer, JavaRDD<?>> cached = SharedSession.cached();
    List<String> left = cached.values().stream().map(Object::toString).sorted().toList();
    cached.values().forEach(rdd -> rdd.unpersist(true));
    if (!left.isEmpty()) {
      throw new AssertionError(
          "%s leaves cached data behind; unpersist it: %s"
              .formatted(context.getRequiredTestClass().getName(), left));
    }
  }
}

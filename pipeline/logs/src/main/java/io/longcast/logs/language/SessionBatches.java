package io.longcast.logs.language;

import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.Arrays;

/** Sessions as windows: the keys are the context. */
final class SessionBatches {
  private SessionBatches() {}

  static WindowBatch create(int capacity, int longest) {
    return new WindowBatch(capacity, new WindowSpec(Math.max(1, longest), 1, 1), 0, 0, 0);
  }

  static void add(WindowBatch batch, int[] session) {
    int at = batch.add(null, 0, session.length, 0) * batch.contextLength();
    Arrays.fill(batch.contextObserved(), at, at + batch.contextLength(), 0);
    for (int i = 0; i < session.length; i++) {
      batch.context()[at + i] = session[i];
      batch.contextObserved()[at + i] = 1;
    }
  }

  static int[] read(WindowBatch batch, int window) {
    int at = window * batch.contextLength();
    int length = 0;
    while (length < batch.contextLength() && batch.contextObserved()[at + length] == 1) {
      length++;
    }
    int[] session = new int[length];
    for (int i = 0; i < length; i++) {
      session[i] = (int) batch.context()[at + i];
    }
    return session;
  }
}

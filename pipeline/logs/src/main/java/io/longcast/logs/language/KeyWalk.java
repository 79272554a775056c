package io.longcast.logs.language;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.recurrent.RecurrentStack;
import io.longcast.state.StateFields;
import java.util.Arrays;

/**
 * The language model key by key: the state of a session is a {@link State} whose size depends on
 * the model only. One instance serves many open sessions, one at a time. Not thread-safe.
 */
public final class KeyWalk implements AutoCloseable {
  private final KeyLayout layout;
  private final KeyInputs inputs;
  private final RecurrentStack stack;
  private final SoftmaxHead head;
  private final Backend backend;
  private final float[] parameters;
  private final float[] x;
  private final float[] h;

  /** Opens a model. */
  public KeyWalk(KeyLanguageModel model) {
    KeyModelSpec spec = model.spec();
    backend = Numerics.open();
    parameters = model.parameters();
    layout = new KeyLayout(spec, model.keys());
    inputs = new KeyInputs(layout, spec.runningCounts());
    stack = new RecurrentStack(layout.cells, 0, 1, 1, backend);
    stack.load(parameters, layout.stackAt);
    head = new SoftmaxHead(layout, spec.hidden(), 1, backend.product());
    x = new float[layout.features];
    h = new float[spec.hidden()];
  }

  /** What is remembered of one session: the cells' state, the counts, and what may come next. */
  public static final class State {
    private final float[] cells;
    private final float[] counts;
    private final float[] next;

    private State(int cells, int counts, int classes) {
      this.cells = new float[cells];
      this.counts = new float[counts];
      next = new float[classes];
    }

    /** The state, for saving and restoring: of a session of the same model. */
    public void fields(StateFields fields) {
      fields.reals(cells);
      fields.reals(counts);
      fields.reals(next);
    }

    /** Probability of a class at the next step; the end is the class after the last key. */
    public float probability(int key) {
      return next[key];
    }

    /** Probabilities of all classes at the next step. */
    public float[] probabilities() {
      return next.clone();
    }

    /** Classes that are more probable at the next step; all where the key is none of them. */
    public int rank(int key) {
      return key < 0 || key >= next.length ? next.length : RankCheck.rank(next, key);
    }
  }

  /** A session before its first key. */
  public State start() {
    State state = new State(stack.stateSize(), inputs.countsPerRow(), layout.classes);
    read(state, layout.start());
    return state;
  }

  /** Goes on by a key; one outside the vocabulary enters as nothing. */
  public void add(State state, int key) {
    read(state, key >= layout.keys ? -1 : key);
  }

  private void read(State state, int key) {
    Arrays.fill(x, 0);
    inputs.write(key, parameters, state.counts, 0, x, 0);
    stack.begin(1, 1);
    stack.initialState(state.cells, 0);
    stack.input(x, 0);
    stack.forward();
    stack.states(h, 0);
    stack.finalState(state.cells, 0);
    head.forward(h, 1, parameters);
    head.softmax(0);
    System.arraycopy(head.classes(), 0, state.next, 0, state.next.length);
  }

  @Override
  public void close() {
    backend.close();
  }
}

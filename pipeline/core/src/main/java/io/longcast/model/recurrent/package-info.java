/**
 * Recurrent cells over {@code float[]}: LSTM, GRU and plain recurrent networks, forward and
 * backward through time.
 *
 * <p>In: flat parameters, sequences {@code [time][batch][features]}, optional masks and initial
 * states. Out: last or all hidden states {@code [time][batch][hidden]}, final states, and the
 * gradients of parameters, inputs and initial states.
 *
 * <p>Always holds: nothing here knows Spark, DL4J or nd4j; a step allocates nothing; the same
 * inputs on the same {@link io.longcast.model.recurrent.Numerics} give the same bits; any sizes
 * from 1 work.
 */
package io.longcast.model.recurrent;

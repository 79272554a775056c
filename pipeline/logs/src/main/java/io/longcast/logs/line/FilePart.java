package io.longcast.logs.line;

import java.io.Serializable;

/**
 * A part of a file that one task reads.
 *
 * @param file the path
 * @param offset bytes before the part
 */
record FilePart(String file, long offset) implements Serializable {}

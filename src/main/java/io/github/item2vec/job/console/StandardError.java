package io.github.item2vec.job.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.Charset;

/**
 * Standard error as the user's shell gave it. submit.sh puts a filter on file descriptor 2, because
 * a JVM with the vector module begins with a warning that it has no option for, and hands the real
 * one over under another number: what is written to that one neither waits for the filter nor
 * overtakes what goes to standard output. What the JVM itself says still goes through the filter.
 */
public final class StandardError {
  /** Set by submit.sh: the number of the file descriptor. */
  private static final String DESCRIPTOR = "ITEM2VEC_STDERR";

  private StandardError() {}

  /**
   * From now on {@code System.err} is the real one; stays as it is where nothing was handed over.
   */
  public static void passFilter() {
    String descriptor = SubmitEnvironment.ofThisProcess().get(DESCRIPTOR);
    if (descriptor == null || !descriptor.matches("[3-9]")) {
      return;
    }
    try {
      Constructor<FileDescriptor> numbered = FileDescriptor.class.getDeclaredConstructor(int.class);
      numbered.setAccessible(true);
      FileOutputStream real =
          new FileOutputStream(numbered.newInstance(Integer.parseInt(descriptor)));
      System.setErr(new PrintStream(real, true, Charset.defaultCharset()));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return; // closed to us: the filter lets all but its one line pass
    }
  }
}

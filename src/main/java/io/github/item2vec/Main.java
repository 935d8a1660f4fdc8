package io.github.item2vec;

import io.github.item2vec.cli.RootCommand;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.text.Address;
import io.github.item2vec.text.Printable;
import java.lang.reflect.Constructor;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point that {@code spark-submit} calls. A failure leaves {@code main} as Spark's own
 * exception for a user program's exit code: in client mode SparkSubmit exits with that code, on
 * YARN the application master reports FAILED with it. Success returns; nothing calls {@code
 * System.exit}.
 */
public final class Main {
  /** Runs one command; see the class for how a failure is told. */
  public static void main(String[] args) throws SparkUserAppException {
    int code = execute(args);
    if (code != 0) {
      throw ended(code);
    }
  }

  /** By reflection: the constructor takes the code alone in Spark 4.0, and a cause from 4.1 on. */
  private static SparkUserAppException ended(int code) {
    Constructor<?> constructor = SparkUserAppException.class.getConstructors()[0];
    Object[] arguments = new Object[constructor.getParameterCount()];
    arguments[0] = code;
    try {
      return (SparkUserAppException) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("exit code " + code, e);
    }
  }

  static int execute(String... args) {
    CommandLine commandLine = commandLine();
    commandLine.setParameterExceptionHandler((failure, words) -> refuse(failure));
    commandLine.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure));
    return commandLine.execute(args);
  }

  /** The parser of the command line, where a value is never anything else. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new RootCommand());
    commandLine.setOverwrittenOptionsAllowed(true); // the last wins, as in spark-submit
    // a value is a value: neither an option because it looks like one, nor a file of more options
    commandLine.setAllowOptionsAsOptionParameters(true);
    commandLine.setAllowSubcommandsAsOptionParameters(true);
    commandLine.setExpandAtFiles(false);
    return commandLine;
  }

  /** As picocli does it, but the words of the command line, which may be secrets, are masked. */
  private static int refuse(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println(Printable.of(Address.maskedIn(failure.getMessage())));
    if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
      command.usage(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int explain(Exception failure) {
    int code = Failure.exitCode(failure);
    if (code == Failure.OTHER) {
      System.err.println(Failure.trace(failure));
    }
    System.err.println("item2vec-spark: " + Failure.message(failure));
    return code;
  }

  private Main() {}
}

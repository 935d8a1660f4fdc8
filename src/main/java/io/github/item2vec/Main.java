package io.github.item2vec;

import io.github.item2vec.cli.HelpLayout;
import io.github.item2vec.cli.RootCommand;
import io.github.item2vec.job.console.StandardError;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.text.Address;
import io.github.item2vec.text.NearestName;
import io.github.item2vec.text.Printable;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point that {@code spark-submit} calls. A failure leaves {@code main} as Spark's own
 * exception for a user program's exit code: in client mode SparkSubmit exits with that code, on
 * YARN the application master reports FAILED with it. Success returns; nothing calls {@code
 * System.exit}.
 */
public final class Main {
  /** Longer words are not compared with the known ones. */
  private static final int LONGEST = 100;

  /** Runs one command; see the class for how a failure is told. */
  public static void main(String[] args) throws SparkUserAppException {
    StandardError.passFilter();
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
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // a figure reads the same everywhere
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
    HelpLayout.apply(commandLine);
    return commandLine;
  }

  /** The words of the command line, which may be secrets, are masked. */
  private static int refuse(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println(Printable.of(Address.maskedIn(failure.getMessage())));
    nearest(failure)
        .ifPresent(name -> command.getErr().printf("did you mean '%s'?%n", Printable.line(name)));
    command.getErr().printf("see %s --help%n", command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** The command or option that a word, which is none, may have been meant for. */
  private static Optional<String> nearest(ParameterException failure) {
    List<String> unmatched =
        failure instanceof UnmatchedArgumentException all
            ? all.getUnmatched()
            : failure.getCommandLine().getUnmatchedArguments(); // may be why another is missing
    if (unmatched.isEmpty()) {
      return Optional.empty();
    }
    String word = unmatched.get(0).replaceFirst("=.*", "");
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    List<String> known = new ArrayList<>();
    if (word.startsWith("-")) {
      command.options().stream()
          .filter(option -> !option.hidden())
          .forEach(option -> known.addAll(List.of(option.names())));
    } else {
      known.addAll(command.subcommands().keySet());
    }
    return word.length() > LONGEST || known.isEmpty()
        ? Optional.empty()
        : Optional.of(NearestName.of(word, known))
            .filter(name -> NearestName.distance(word, name) <= (word.length() + 1) / 2);
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

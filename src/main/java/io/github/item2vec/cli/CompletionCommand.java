package io.github.item2vec.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that completes commands and options.",
      "For bash and zsh: source <(./submit.sh completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells look up a program by its name without the directory. */
  private static final String PROGRAM = "submit.sh";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    System.out.print(AutoComplete.bash(PROGRAM, spec.root().commandLine()));
    return 0;
  }
}

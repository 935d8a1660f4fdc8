package io.github.item2vec.cli;

import io.github.item2vec.text.WrappedText;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How help is laid out: names in one column, what they mean in the next, cut at blanks alone.
 * picocli's own layout also cuts behind a dot, inside {@code report.html}.
 */
public final class HelpLayout {
  private static final int WIDTH = 80;
  private static final String GAP = "  ";

  private HelpLayout() {}

  /**
   * Shared options that a command does not look at: taken, so that one list of options serves all
   * commands, but not in its help.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface WithoutUseOf {
    String[] value();
  }

  /** Lays out the help of a command and of those below it. */
  public static void apply(CommandLine commandLine) {
    hideUnused(commandLine.getCommandSpec());
    Map<String, CommandLine.IHelpSectionRenderer> sections = commandLine.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpLayout::description);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    sections.remove(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST); // stands among the options
    sections.put(
        UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
        help -> help.subcommands().isEmpty() ? "" : "\nCommands:\n");
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpLayout::commands);
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
    commandLine.setHelpSectionMap(sections);
    commandLine.getSubcommands().values().forEach(HelpLayout::apply);
  }

  private static void hideUnused(CommandSpec command) {
    WithoutUseOf unused = command.userObject().getClass().getAnnotation(WithoutUseOf.class);
    if (unused != null) {
      for (String name : unused.value()) {
        OptionSpec option = command.findOption(name);
        command.remove(option);
        command.addOption(option.toBuilder().hidden(true).build());
      }
    }
  }

  private static String synopsis(Help help) {
    CommandSpec command = help.commandSpec();
    String words = command.subcommands().isEmpty() ? " [OPTIONS]" : " COMMAND [OPTIONS]";
    StringBuilder required = new StringBuilder();
    for (OptionSpec option : command.options()) {
      if (option.required()) {
        required.append(' ').append(option.longestName()).append('=').append(option.paramLabel());
      }
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      required.append(' ').append(parameter.paramLabel());
    }
    return command.qualifiedName() + required + words + "\n\n";
  }

  private static String description(Help help) {
    String text = String.join(" ", help.commandSpec().usageMessage().description());
    return String.join("\n", WrappedText.lines(text, WIDTH)) + "\n\n";
  }

  private static String options(Help help) {
    List<OptionSpec> shown =
        help.commandSpec().options().stream()
            .filter(option -> !option.hidden())
            .sorted(Comparator.comparing(option -> option.longestName().replaceAll("^-+", "")))
            .toList();
    List<PositionalParamSpec> parameters = help.commandSpec().positionalParameters();
    return table(
        Stream.concat(
                parameters.stream().map(parameter -> "    " + parameter.paramLabel()),
                shown.stream().map(HelpLayout::names))
            .toList(),
        Stream.concat(parameters.stream(), shown.stream()).map(HelpLayout::meaning).toList());
  }

  private static String names(OptionSpec option) {
    String shortest = option.shortestName();
    String names =
        option.longestName().equals(shortest)
            ? (shortest.startsWith("--") ? "    " : "") + shortest
            : shortest + ", " + option.longestName();
    if (option.arity().max() == 0) {
      return names;
    }
    return names + (option.longestName().equals("-D") ? " " : "=") + option.paramLabel();
  }

  private static String meaning(ArgSpec option) {
    return String.join(" ", option.description())
        .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
  }

  private static String commands(Help help) {
    Map<String, Help> commands = help.subcommands();
    return table(
        List.copyOf(commands.keySet()),
        commands.values().stream()
            .map(command -> command.commandSpec().usageMessage().description()[0])
            .toList());
  }

  private static String table(List<String> names, List<String> meanings) {
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < names.size(); row++) {
      int room = WIDTH - 2 * GAP.length() - width;
      String name = ("%-" + width + "s").formatted(names.get(row));
      for (String line : WrappedText.lines(meanings.get(row), room)) {
        text.append((GAP + name + GAP + line).stripTrailing()).append('\n');
        name = " ".repeat(width);
      }
    }
    return text.toString();
  }
}

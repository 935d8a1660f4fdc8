import io.github.item2vec.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.spark.SparkUserAppException;

/**
 * Runs many command lines of the job in one JVM, because most of a short one is the JVM's start: a
 * line of the standard input each, arguments separated by tabs. Answers {@code exit CODE}.
 */
final class CommandLines {
  private CommandLines() {}

  public static void main(String[] unused) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("exit " + code(line.split("\t", -1)));
      }
    }
  }

  private static int code(String[] arguments) {
    try {
      Main.main(arguments);
      return 0;
    } catch (SparkUserAppException e) {
      return e.exitCode();
    }
  }
}

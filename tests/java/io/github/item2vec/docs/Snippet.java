package io.github.item2vec.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Java of a page as a class of its own: the snippet's imports at the top, the rest as the body of a
 * method, the names that snippets may use as fields, which a snippet's own variables may hide.
 */
final class Snippet {
  private static final String CLASS = "DocumentedSnippet";

  private final String source;
  private final Map<String, Object> names;

  /**
   * @param text as it stands in the page
   * @param names the fields by their declarations, such as {@code Dataset<Row> users}
   */
  Snippet(String text, Map<String, Object> names) {
    this.names = names;
    List<String> imports = new ArrayList<>();
    List<String> body = new ArrayList<>();
    for (String line : text.lines().toList()) {
      (line.startsWith("import ") ? imports : body).add(line);
    }
    this.source =
        String.join("\n", imports)
            + "\nimport org.apache.spark.sql.Dataset;\nimport org.apache.spark.sql.Row;\n"
            + "public class "
            + CLASS
            + " {\n"
            + names.keySet().stream()
                .map(name -> "  public static " + name + ";\n")
                .collect(Collectors.joining())
            + "  public static void run() throws Exception {\n"
            + String.join("\n", body)
            + "\n  }\n}\n";
  }

  /** Compiles into the directory, where a deprecated name is an error, and runs. */
  void run(Path directory) throws Exception {
    compile(directory);
    URL[] classes = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      Class<?> compiled = loader.loadClass(CLASS);
      for (Map.Entry<String, Object> name : names.entrySet()) {
        String field = name.getKey().substring(name.getKey().lastIndexOf(' ') + 1);
        compiled.getField(field).set(null, name.getValue());
      }
      compiled.getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError("the snippet failed:\n" + source, e.getCause());
    }
  }

  private void compile(Path directory) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            directory.toString(),
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-proc:none",
            "-Xlint:deprecation,removal,unchecked,rawtypes",
            "-Werror");
    if (!compiler.getTask(said, null, null, options, null, List.of(file())).call()) {
      throw new AssertionError("the snippet does not compile:\n" + said + "\n" + source);
    }
  }

  private JavaFileObject file() {
    return new SimpleJavaFileObject(
        URI.create("string:///" + CLASS + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}

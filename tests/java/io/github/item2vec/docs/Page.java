package io.github.item2vec.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A Markdown file of this repository, as the tests of the documentation read it. */
record Page(Path path, List<String> lines) {
  private static final Path SITE = Path.of("src/site/markdown");
  private static final String FENCE = "```";

  /** A fenced block: the word after the fence, and what stands between. */
  record Block(String language, int line, String text) {}

  static Page of(Path path) {
    try {
      return new Page(path, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Page site(String name) {
    return of(SITE.resolve(name));
  }

  /** README and the pages of the site, the README first. */
  static List<Page> documentation() {
    try (Stream<Path> files = Files.list(SITE)) {
      return Stream.concat(
              Stream.of(Path.of("README.md")),
              files.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(Page::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The documentation and the pages for those who work on the project. */
  static List<Page> all() {
    List<Page> all = new ArrayList<>(documentation());
    Stream.of("CONTRIBUTING.md", "BENCHMARKS.md", "CHANGELOG.md")
        .map(name -> of(Path.of(name)))
        .forEach(all::add);
    return all;
  }

  String name() {
    return path.getFileName().toString();
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<String> inside = null;
    String language = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith(FENCE)) {
        if (inside != null) {
          inside.add(line);
        }
      } else if (inside == null) {
        inside = new ArrayList<>();
        language = line.substring(FENCE.length()).strip();
      } else {
        blocks.add(new Block(language, i - inside.size() + 1, String.join("\n", inside)));
        inside = null;
      }
    }
    if (inside != null) {
      throw new AssertionError(path + ": a block that does not end");
    }
    return blocks;
  }

  /** The lines outside of blocks. */
  List<String> prose() {
    List<String> prose = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      if (line.startsWith(FENCE)) {
        inside = !inside;
      } else if (!inside) {
        prose.add(line);
      }
    }
    return prose;
  }

  /** The cells of the tables' rows, without those of the line below a table's head. */
  List<List<String>> rows() {
    return prose().stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
        .map(
            line ->
                Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
                    .map(String::strip)
                    .toList())
        .toList();
  }

  /** The anchors of the headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> repeated = new HashMap<>();
    for (String line : prose()) {
      if (line.matches("#{1,6} .*")) {
        String slug =
            line.replaceFirst("^#+ ", "")
                .strip()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int times = repeated.merge(slug, 1, Integer::sum);
        anchors.add(times == 1 ? slug : slug + "-" + (times - 1));
      }
    }
    return anchors;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

package io.github.item2vec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DocsLinksTest {
  private static final int MOST_README_LINES = 150;
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern FILE =
      Pattern.compile("`((?:conf|tests|src|notebooks-ref|\\.ci)/[\\w./-]+)[ `]");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    int seen = 0;
    for (Page page : Page.all()) {
      for (String target : found(LINK, page)) {
        if (!target.matches("[a-z]+:.*")) {
          seen++;
          if (!leadsSomewhere(page, target)) {
            broken.add(page + ": " + target);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(seen).isGreaterThan(40);
  }

  @Test
  void everyFileThatIsNamedExists() {
    for (Page page : Page.all()) {
      assertThat(found(FILE, page))
          .as(page.name())
          .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }
  }

  @Test
  void everyPageOfTheSiteIsLinkedFromTheReadme() {
    List<String> links = found(LINK, Page.of(Path.of("README.md")));
    assertThat(Page.documentation())
        .extracting(Page::toString)
        .filteredOn(page -> !page.equals("README.md"))
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(page -> assertThat(links).contains(page));
  }

  @Test
  void theReadmeIsShort() {
    assertThat(Page.of(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(MOST_README_LINES);
  }

  private static List<String> found(Pattern pattern, Page page) {
    return pattern
        .matcher(String.join("\n", page.prose()))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static boolean leadsSomewhere(Page from, String target) {
    String[] parts = target.split("#", 2);
    Path folder = from.path().toAbsolutePath().getParent();
    Path file =
        parts[0].isEmpty() ? from.path().toAbsolutePath() : folder.resolve(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || Page.of(file).anchors().contains(parts[1]));
  }
}

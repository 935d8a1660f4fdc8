package io.github.item2vec.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {
  @Test
  void whatIsNotThereIsLeftOutAndTextIsEscaped() {
    String html =
        RunReport.html(
            Map.of(
                "status", "FAILED", "error", "no <b>item</b> & none", "input", Map.of("rows", 3L)));

    assertThat(html)
        .contains("FAILED", "no &lt;b&gt;item&lt;/b&gt; &amp; none", ">3<")
        .doesNotContain("<b>", "Metrics", "<!-- body -->");
  }

  @Test
  void nestedGroupsHaveDottedNames() {
    String html = RunReport.html(Map.of("input", Map.of("rejected", Map.of("null-id", 12_345L))));

    assertThat(html).contains("rejected.null-id", "12,345");
  }
}

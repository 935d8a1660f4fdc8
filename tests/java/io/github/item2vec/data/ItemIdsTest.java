package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of item ids: what is read, and what is refused. */
class ItemIdsTest extends SparkTest {
  @TempDir Path directory;

  @Test
  void textIsReadAsRatingsAre() throws IOException {
    read("one.txt", " a\nb c\n\nd,e\n f \na\n", "a", "b c", "d,e", "f");
    read("crlf.txt", "\uFEFFa\r\nb\r\n", "a", "b");
    read("header.csv", "item\n\"x, \"\"y\"\"\"\nz, w\n", "x, \"y\"", "z, w");
    read("table.csv", "title,Movie ID\n\"A, B\",1\nC,\"2\"\n", "1", "2");
    read("table.tsv", "item_id\ttitle\n7\t\"open\n8\tB\n", "7", "8");
    read("blanks.txt", "toy story\nold men\n", "toy story", "old men");
  }

  private void read(String name, String content, String... ids) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    assertThat(ItemIds.read(spark, file.toString())).as(name).containsExactly(ids);
  }

  @Test
  void directoriesArchivesAndParquetAreReadToo() throws IOException {
    Path files = Files.createDirectory(directory.resolve("ids"));
    Files.writeString(files.resolve("a.txt"), "1\n2\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(files.resolve("b.txt.gz")))) {
      out.write("2\n3\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ItemIds.read(spark, files.toString())).containsExactly("1", "2", "3");

    String table = directory.resolve("table").toString();
    spark.range(3).select(functions.col("id").plus(7).as("anything")).write().parquet(table);
    assertThat(ItemIds.read(spark, table)).containsExactlyInAnyOrder("7", "8", "9");

    String wide = directory.resolve("wide").toString();
    spark
        .range(2)
        .select(functions.col("id").as("itemId"), functions.lit("x").as("why"))
        .write()
        .parquet(wide);
    assertThat(ItemIds.read(spark, wide)).isEqualTo(Set.of("0", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          1|Toy~2|Golden~        ! no header that names the item
          movie,item~1,2~        ! 2 of the columns
          item,why~1,x~,y~       ! line 3: an item id that is absent
          why,item~x,1~y~        ! line 3: no column 1
          a~NULL~                ! line 2: an item id that is absent
          a~"b~                  ! line 2: a quote is not closed
          item~                  ! no item id
          """)
  void whatIsNotCertainIsRefused(String content, String message) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("ids"), content.replace('~', '\n').replace("movie,", "movieid,"));
    assertThatThrownBy(() -> ItemIds.read(spark, file.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    assertThatThrownBy(() -> ItemIds.read(spark, directory.resolve("none").toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("does not exist");
    Path latin = directory.resolve("latin");
    Files.write(latin, "a\nM\u00FCnchen\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ItemIds.read(spark, latin.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("line 2: is no UTF-8");
    String table = directory.resolve("fractions").toString();
    spark.range(1).selectExpr("0.5d AS item").write().parquet(table);
    assertThatThrownBy(() -> ItemIds.read(spark, table))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(ParquetIds.NOT_WHOLE);
  }
}

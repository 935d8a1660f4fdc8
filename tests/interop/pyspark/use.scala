import io.github.item2vec.train.{Item2Vec, Item2VecModel}
import scala.jdk.CollectionConverters._

try {
  val baskets = spark.range(200).selectExpr(
    "transform(sequence(0, 7), i -> concat(if(id % 2 = 0, 'a', 'b'), cast((i + id) % 10 as string))) as items")
  val model = new Item2Vec().setVectorSize(8).setMinCount(2).setStepSize(0.1).setSample(0).setMaxIter(60).fit(baskets)
  val near = model.similarItems("a0", 5).asScala
  assert(near.size == 5 && near.forall(_.item != "a0"), near)
  assert(model.predictOutput(java.util.List.of("b1", "b2"), 5).asScala.forall(_.item.startsWith("b")))
  assert(model.transform(baskets).columns.sameElements(Array("items", "profile")))
  val directory = java.nio.file.Files.createTempDirectory("item2vec").resolve("model").toString
  model.save(directory)
  assert(Item2VecModel.load(directory).similarItems("a0", 5).asScala == near)
  println(s"spark-shell ${spark.version}: fit, transform, save, load")
  System.exit(0)
} catch { case failure: Throwable => failure.printStackTrace(); System.exit(1) }

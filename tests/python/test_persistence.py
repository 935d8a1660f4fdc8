"""Saved and loaded: alone, in pipelines, in cross-validation, and by programs that do not know this package."""

import subprocess
import sys

import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder

from item2vec_spark import Item2Vec, Item2VecModel, TopKEvaluator


def test_estimator_evaluator_and_model(model, baskets, tmp_path):
    estimator = Item2Vec(vectorSize=8, minCount=2, maxIter=20, seed=7)
    estimator.write().overwrite().save(f"{tmp_path}/estimator")
    loaded = Item2Vec.load(f"{tmp_path}/estimator")
    assert loaded.extractParamMap() == estimator.extractParamMap() and loaded.uid == estimator.uid
    assert loaded.fit(baskets).similarItems("a0", 5) == model.similarItems("a0", 5)

    model.write().overwrite().save(f"{tmp_path}/model")
    again = Item2VecModel.load(f"{tmp_path}/model")
    assert again.predictOutput(["b1"], 5) == model.predictOutput(["b1"], 5) and not again.hasSummary
    with pytest.raises(RuntimeError, match="was not trained here"):
        again.summary

    evaluator = TopKEvaluator(metricName="ndcg", k=7)
    evaluator.save(f"{tmp_path}/evaluator")
    assert TopKEvaluator.load(f"{tmp_path}/evaluator").extractParamMap() == evaluator.extractParamMap()
    with pytest.raises(IllegalArgumentException, match="not an io.github.item2vec.train.Item2VecModel"):
        Item2VecModel.load(f"{tmp_path}/estimator")


PROGRAM = """
import sys
from pyspark.ml import PipelineModel
from pyspark.ml.tuning import CrossValidatorModel
from pyspark.sql import SparkSession

jar, path = sys.argv[1:]
spark = SparkSession.builder.master("local[1]").config("spark.jars", jar).config("spark.ui.enabled", "false").getOrCreate()
assert "item2vec_spark" not in sys.modules
stage = PipelineModel.load(path + "/pipeline").stages[0]
chosen = CrossValidatorModel.load(path + "/chosen")
print(stage.similarItems("a0", 3), chosen.bestModel.vectorSize(), chosen.getEvaluator().getMetricName())
"""


def test_pipelines_and_cross_validation_also_where_the_package_is_not_named(spark, baskets, tmp_path):
    pipeline = Pipeline(stages=[Item2Vec(vectorSize=4, minCount=1, maxIter=5), SQLTransformer(statement="SELECT user, profile FROM __THIS__")])
    pipeline.save(f"{tmp_path}/unfitted")
    assert [stage.uid for stage in Pipeline.load(f"{tmp_path}/unfitted").getStages()] == [s.uid for s in pipeline.getStages()]
    fitted = pipeline.fit(baskets)
    fitted.save(f"{tmp_path}/pipeline")
    loaded = PipelineModel.load(f"{tmp_path}/pipeline")
    assert loaded.transform(baskets).collect() == fitted.transform(baskets).collect()

    estimator = Item2Vec(minCount=1, vectorSize=4, predictionCol="prediction", seed=3)
    grid = ParamGridBuilder().addGrid(estimator.maxIter, [1, 40]).build()
    evaluator = TopKEvaluator(metricName="ndcg")
    validator = CrossValidator(estimator=estimator, evaluator=evaluator, estimatorParamMaps=grid, numFolds=2, seed=1)
    validator.save(f"{tmp_path}/validator")
    assert CrossValidator.load(f"{tmp_path}/validator").getEstimator().uid == estimator.uid
    chosen = validator.fit(baskets)
    assert chosen.avgMetrics[0] + 0.1 < chosen.avgMetrics[1] < 1
    chosen.save(f"{tmp_path}/chosen")
    assert CrossValidatorModel.load(f"{tmp_path}/chosen").avgMetrics == chosen.avgMetrics

    import item2vec_spark

    said = subprocess.run([sys.executable, "-c", PROGRAM, item2vec_spark.jar_path(), str(tmp_path)], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr[-3000:]
    stage = loaded.stages[0]
    assert said.stdout.strip() == f"{stage.similarItems('a0', 3)} {chosen.bestModel.vectorSize()} ndcg"

"""The jar, and what is said where it or a session is missing; each in a Python of its own."""

import subprocess
import sys
import zipfile

import pytest
from pyspark.sql import SparkSession

import item2vec_spark


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def test_the_wheel_carries_the_jar():
    with zipfile.ZipFile(item2vec_spark.jar_path()) as jar:
        assert "io/github/item2vec/train/Item2Vec.class" in jar.namelist()


def test_configure_adds_to_what_the_builder_has():
    builder = SparkSession.Builder().config("spark.jars", "other.jar").config("spark.driver.defaultJavaOptions", "-Xss4m")
    item2vec_spark.configure(item2vec_spark.configure(builder))
    assert builder._options["spark.jars"] == f"other.jar,{item2vec_spark.jar_path()}"
    assert builder._options["spark.driver.defaultJavaOptions"] == "-Xss4m --add-modules=jdk.incubator.vector"


def test_a_missing_jar_or_session_is_named():
    said = run("""
from pyspark.sql import SparkSession
import item2vec_spark
from item2vec_spark import *

def said(call):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)

said(Item2Vec)
said(lambda: Word2VecFormat.text("x").read())
SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
for call in (Item2Vec, TopKEvaluator, lambda: Item2VecModel.load("x"), lambda: Word2VecFormat.text("x").read()):
    said(call)
""").splitlines()
    assert said[:2] == 2 * ["RuntimeError no Spark session runs: make one by item2vec_spark.configure(SparkSession.builder).getOrCreate()"]
    assert len(said) == 6 and all(line.startswith("JarMissingError item2vec-spark.jar is not on the class path") for line in said[2:])


def test_the_reader_needs_no_pyspark():
    assert run("""
import sys
sys.modules["pyspark"] = sys.modules["numpy"] = None
from item2vec_spark.reader import Item2VecReader
import item2vec_spark
print(item2vec_spark.Item2VecReader is Item2VecReader)
""") == "True"


def test_all_that_is_exported_is_there():
    for name in item2vec_spark.__all__:
        assert getattr(item2vec_spark, name).__doc__, name
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        item2vec_spark.Nothing

# Spark with the job's jar, for Kubernetes: ./mvnw -B package -DskipTests && docker build -t item2vec-spark .
ARG SPARK=4.1.1-scala2.13-java17-python3-ubuntu
FROM apache/spark:${SPARK}
COPY LICENSE NOTICE target/item2vec-spark.jar /opt/item2vec/

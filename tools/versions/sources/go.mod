module cdk8s-prometheus/tools/versions/sources

go 1.26.0

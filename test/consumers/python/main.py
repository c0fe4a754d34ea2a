"""Services and Pods of two versions of cdk8s-plus in one app, and of none; ../typescript/any-construct.ts is the same app."""
import cdk8s
import cdk8s_plus_27 as plus27
import cdk8s_plus_34 as plus34
from cdk8s_prometheus import LabelExpression, PrometheusServer, ScrapeEndpoint, ScrapeJob

app = cdk8s.App()
chart = cdk8s.Chart(app, "constructs", namespace="shop")
prometheus = PrometheusServer(chart, "scraper", self_monitoring=False)
endpoints = [ScrapeEndpoint(port="metrics")]


def containers(plus):
    return [plus.ContainerProps(image="shop", ports=[plus.ContainerPort(name="metrics", number=9090)])]


older = plus27.Deployment(chart, "older", containers=containers(plus27))
newer = plus34.Deployment(chart, "newer", containers=containers(plus34))
prometheus.add_scrape_job(ScrapeJob.from_pods(name="older-pods", pods=older, endpoints=endpoints))
prometheus.add_scrape_job(ScrapeJob.from_pods(name="newer-pods", pods=newer, endpoints=endpoints))
prometheus.add_scrape_job(ScrapeJob.from_service(name="older", service=older.expose_via_service(), endpoints=endpoints))
prometheus.add_scrape_job(ScrapeJob.from_service(name="newer", service=newer.expose_via_service(), endpoints=endpoints))
selected = plus34.Pods.select(chart, "selected", expressions=[plus34.LabelExpression.in_("tier", ["front", "back"])])
prometheus.add_scrape_job(ScrapeJob.from_pods(
    name="selected", pods=selected, label_expressions=[LabelExpression.exists("team")], endpoints=endpoints,
))
service = cdk8s.ApiObject(chart, "plain", api_version="v1", kind="Service", metadata={"name": "plain"})
service.add_json_patch(cdk8s.JsonPatch.add("/spec", {"ports": [{"name": "metrics", "port": 9090}]}))
prometheus.add_scrape_job(ScrapeJob.from_service(name="plain", service=service))

# What does not fit is refused by its name.
for job, expected in [
    (lambda: ScrapeJob.from_service(name="wrong", service=newer), "is Deployment"),
    (lambda: ScrapeJob.from_pods(name="wrong", pods=newer, endpoints=[ScrapeEndpoint(port="metrisc")]), "did you mean 'metrics'?"),
]:
    try:
        job()
    except RuntimeError as error:
        assert expected in str(error), error
    else:
        raise AssertionError(f"nothing says that it {expected}")

app.synth()

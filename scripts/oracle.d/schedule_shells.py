"""Has the shells that run the steps of workflows, actions and jobs read them, without running any.

    schedule_shells.py FILE…

Fails where one can't be read, where an action isn't named by a commit, and where a step has an expression of GitHub's within
its script, which anybody's text could get into.
"""

import pathlib
import re
import subprocess
import sys

from ruamel.yaml import YAML


def scripts(document):
    """Each script with its shell."""
    for job in document.get("jobs", {}).values():
        for step in job["steps"]:
            if "run" in step:
                yield "bash", step["run"]
    for step in document.get("runs", {}).get("steps", []):
        yield step["shell"], step["run"]
    for job in document.values():
        if isinstance(job, dict) and isinstance(job.get("script"), list):
            yield "sh", "\n".join(job["script"])


def main() -> None:
    count = 0
    for path in sys.argv[1:]:
        text = pathlib.Path(path).read_text(encoding="utf-8")
        for action in re.findall(r"^\s*(?:- )?uses: (.*)$", text, re.MULTILINE):
            if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action):
                sys.exit(f"{path}: `{action}` isn't named by a commit")
        for shell, script in scripts(YAML(typ="safe", pure=True).load(text)):
            if "${{" in script:
                sys.exit(f"{path}: an expression within a script: {script}")
            answer = subprocess.run([shell, "-n"], input=script, text=True, capture_output=True)
            if answer.returncode != 0:
                sys.exit(f"{path}: {answer.stderr}{script}")
            count += 1
    print(f"schedules: {count} scripts by their shells")


main()

"""What pip makes of URLs of Git repositories: Fixtures/oracle/git-urls.jsonl.

Run with a Python that has pip 26.3:  python git_urls.py > …/git-urls.jsonl

One JSON object a line: the URL and what pip's `Git` gives to git (remote), the user information in it decoded (user,
password), the remote without it (bare), the revision, the subdirectory, the egg; or that pip rejects it.
"""

import json
import logging
import sys
import urllib.parse

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def cases():
    # transports
    yield from (
        "git+https://host.example/owner/project",
        "git+https://host.example/owner/project.git",
        "git+http://host.example/owner/project.git",
        "git+ssh://git@host.example/owner/project.git",
        "git+ssh://host.example/owner/project.git",
        "git+ssh://git@host.example:2222/owner/project.git",
        "git+git://host.example/project.git",
        "git+git://host.example:9419/project.git@v1",
        "git+file:///srv/git/project",
        "git+file:///srv/git/project.git@main",
        "git+file://localhost/srv/git/project@main",
        "git+file:////srv/git/project",
        "GIT+HTTPS://Host.Example/Owner/Project@V1",
        "Git+File:///srv/Git/project@v1",
        "git+https://[::1]:8443/project@v1",
        "git+https://host.example:443/project",
        "git+https://host.example",
        "git+https://host.example/",
        "git+https://host.example/project/",
    )
    # references
    yield from (
        "git+https://host.example/project@v1.0",
        "git+https://host.example/project.git@v1.0",
        "git+https://host.example/project@feature/a",
        "git+https://host.example/project@feature/a/b.c",
        "git+https://host.example/project@refs/pull/12/head",
        "git+https://host.example/project@refs/tags/v1.0",
        "git+https://host.example/project@" + COMMIT,
        "git+https://host.example/project@" + COMMIT.upper(),
        "git+https://host.example/project@" + COMMIT[:8],
        "git+https://host.example/project@" + COMMIT + COMMIT[:24],
        "git+https://host.example/project@HEAD",
        "git+https://host.example/project@HEAD~2",
        "git+https://host.example/project@v1.0-3-g0123456",
        "git+https://host.example/project@v1@v2",
        "git+https://host.example/project@release%2F1.0",
        "git+https://host.example/project@a%20b",
        "git+https://host.example/project@%C3%A9",
        "git+https://host.example/project@1.0+local",
        "git+https://host.example/project@",
        "git+https://host.example/project@v1@",
        "git+https://host.example/@scope/project",
        "git+https://host.example/@scope/project@v1",
        "git+https://host.example/pro@ject/x",
        "git+https://host.example/pro%40ject@v1",
        "git+https://host.example@v1",
        "git+ssh://git@host.example/project@v1",
        "git+ssh://host.example/project@v1",
        "git+https://host.example/project@-v1",
        "git+https://host.example/project@%2Dv1",
        "git+https://host.example/project@--upload-pack=touch",
    )
    # user information
    yield from (
        "git+https://user@host.example/project",
        "git+https://user:secret@host.example/project@v1",
        "git+https://user:@host.example/project",
        "git+https://:secret@host.example/project",
        "git+https://us%40er:se%3Acret%2F@host.example/project@v1",
        "git+https://us@er:secret@host.example/project",
        "git+https://user:secret@host.example:8443/project@v1#egg=a",
        "git+https://${USER}:${TOKEN}@host.example/project@v1",
        "git+http://user:secret@host.example/project",
        "git+ssh://user:secret@host.example/project",
        "git+git://user@host.example/project",
    )
    # queries and fragments
    yield from (
        "git+https://host.example/project#egg=project",
        "git+https://host.example/project@v1#egg=Pro_ject.x",
        "git+https://host.example/project@v1#egg=project&subdirectory=python",
        "git+https://host.example/project@v1#subdirectory=python&egg=project",
        "git+https://host.example/project@v1#subdirectory=python/project",
        "git+https://host.example/project#subdirectory=python",
        "git+https://host.example/project#subdirectory=",
        "git+https://host.example/project#subdirectory=a&subdirectory=b",
        "git+https://host.example/project#subdirectory=a%20b",
        "git+https://host.example/project#subdirectory=./python/",
        "git+https://host.example/project#subdirectory=../outside",
        "git+https://host.example/project#subdirectory=a/../../outside",
        "git+https://host.example/project#subdirectory=/etc",
        "git+https://host.example/project#egg=project[extra]",
        "git+https://host.example/project#egg=",
        "git+https://host.example/project#egg=-project",
        "git+https://host.example/project#",
        "git+https://host.example/project@v1#sha256=0123",
        "git+https://host.example/project@v1#Subdirectory=python",
        "git+https://host.example/project@v1#x/y@z",
        "git+https://host.example/project?token=a",
        "git+https://host.example/project@v1?a=b#egg=project",
        "git+https://host.example/project?a=b@c",
        "git+https://host.example/project?a=b&subdirectory=python",
        "git+https://host.example/project?a=b&subdirectory=x#subdirectory=y",
    )
    # files
    yield from (
        "git+file:///srv/a%20b/project@v1",
        "git+file:///srv/a%40b/project",
        "git+file:///srv/project%40v1",
        "git+file:///srv/a%40b@v1",
        "git+file:///srv/project@a%40b",
        "git+file:///srv/a%2520b",
        "git+file:///srv/a%23b",
        "git+file:///srv/a%3Fb",
        "git+file:///srv/project@a%2520b",
        "git+file://other.example/srv/project",
        "git+file:/srv/project",
        "git+file:project",
    )
    # odd ones
    yield from (
        "git+ssh://git@host.example:owner/project.git",
        "git+git@host.example:owner/project.git",
        "git+https:///project",
        "git+https://",
        "git+https:host.example/project",
        "git+https://-host.example/project",
        "git+ssh://-oProxyCommand=touch/project",
        "git+ssh://-x@host.example/project",
        "git+https://host.example:port/project",
        "git+https://host.example:99999/project",
        "git+https://[::1/project",
        "git+https://ho st.example/project",
        "git+https://host.example/a b@v1",
        "git+https://host.example/pro\tject@v1",
        "git+https://host.example/project@v\u00071",
        "git+https://host.example/project@v%071",
        "git+ext::sh -c touch",
        "git+ext://sh",
        "git+ftp://host.example/project",
        "git+rsync://host.example/project",
        "git://host.example/project",
        "https://host.example/project.git",
        "ssh://git@host.example/project.git",
        "git@host.example:owner/project.git",
        "git+",
        "git",
        "",
    )


def facts(url):
    from pip._internal.models.link import Link
    from pip._internal.utils.misc import hide_url
    from pip._internal.vcs import vcs

    try:
        link = Link(url)
        system = vcs.get_backend_for_scheme(link.scheme)
        if system is None or system.name != "git":
            return {"rejected": "no Git URL"}
        remote, options = system.get_url_rev_options(hide_url(link.url))
        parts = urllib.parse.urlsplit(remote.secret)
    except Exception as error:
        return {"rejected": type(error).__name__}
    values = {
        "remote": remote.secret,
        "bare": parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(),
        "user": parts.username and urllib.parse.unquote(parts.username),
        "password": parts.password and urllib.parse.unquote(parts.password),
        "reference": options.rev,
        "subdirectory": link.subdirectory_fragment,
        "egg": link.egg_fragment,
    }
    return {key: value for key, value in values.items() if value is not None}


def main():
    logging.disable(logging.CRITICAL)
    for url in cases():
        print(json.dumps({"url": url} | facts(url)))


if __name__ == "__main__":
    sys.exit(main())

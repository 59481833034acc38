#!/bin/sh
# Make .uv: a private environment with the pinned uv, from nothing but Python ≥ 3.11 (the pin: pyproject.toml, [tool.uv]).
set -eu
stamp=$1
version=${stamp##*uv-}

say() {
    echo "make setup: $1" >&2
    exit 1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

[ "$version" != "$stamp" ] || say "pyproject.toml pins no uv: [tool.uv] required-version = \"==X.Y.Z\" is missing"
python=$(find_python)
[ -n "$python" ] || say "Python 3.11 or newer is missing; install it, or name one: make setup PYTHON=/path/to/python3"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    say "$python cannot make environments; install its venv package (Debian, Ubuntu: apt-get install python3-venv)"
"$python" -m venv .uv
.uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$version" ||
    say "uv $version could not be fetched; is the package index reachable?"
rm -f .uv/uv-*
touch "$stamp"

"""Run the measurements in order, ``python -m bench [NAME…]``: every module here that has ``main()``."""

import importlib
import pkgutil
import sys
import time
from collections.abc import Sequence

import bench

FIRST = ("workdays", "reader", "ledger")


def names() -> list[str]:
    """The modules of this package, the known ones in their order, others after them."""
    found = [
        module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")
    ]
    return sorted(found, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))


def main(wanted: Sequence[str]) -> int:
    """Measure what was asked for, or everything; exit status 2 for a name that is not there."""
    known = names()
    strange = [name for name in wanted if name not in known]
    if strange:
        print(f"make bench: no measurement {strange[0]!r}; there are {', '.join(known) or 'none yet'}")
        return 2
    for name in wanted or known:
        module = importlib.import_module(f"bench.{name}")
        if not hasattr(module, "main"):
            continue
        print(f"\n=== {name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        began = time.perf_counter()
        module.main()
        print(f"    ({time.perf_counter() - began:.1f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

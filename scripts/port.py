"""端口: say in one line that the port of the demo is taken, before anything is prepared."""

import errno
import socket
import sys


def taken(port: int) -> bool:
    """Is another program listening on this port of the loopback (端口占用)?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
            raise
    return False


def main(argument: str) -> int:
    """Exit status 1 where the server could not start."""
    if not argument.isdecimal() or not 0 < int(argument) < 65536:
        print(f"make demo: PORT={argument} is not a port number", file=sys.stderr)
        return 1
    if taken(int(argument)):
        print(
            f"make demo: port {argument} is in use; stop that program, or: make demo PORT=8080",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

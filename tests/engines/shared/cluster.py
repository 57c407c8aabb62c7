"""Database servers in temporary folders, reached through a socket and gone with the process."""

import atexit
import glob
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time


def program(name, *places):
    """A program on the path, or the newest where Debian puts it."""
    found = shutil.which(name) or next(iter(sorted(sum(map(glob.glob, places), []), reverse=True)), None)
    if found is None:
        raise SystemExit(f"there is no {name}")
    return found


def folder():
    path = tempfile.mkdtemp(prefix="tamis-")
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def start(command, path, account):
    """A server as a child, stopped at the end, under an account of its own where we are root."""
    other = {"user": account, "group": account} if account and os.geteuid() == 0 else {}
    server = subprocess.Popen(command, cwd=path, stdin=subprocess.DEVNULL, stdout=2, stderr=2, **other)

    def stop():
        server.send_signal(signal.SIGQUIT)
        server.wait(20)

    atexit.register(stop)
    return server


def ready(connect, server):
    """A connection, as soon as the server takes one."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("the server ended while starting")
        try:
            return connect()
        except Exception:
            time.sleep(0.1)
    raise SystemExit("the server did not start within a minute")


def postgres(connect, locale=("--locale=C.UTF-8",), options=()):
    """What `connect` makes of the socket of a PostgreSQL."""
    path = folder()
    initdb = program("initdb", "/usr/lib/postgresql/*/bin/initdb")
    data = f"{path}/data"
    other = {}
    if os.geteuid() == 0:
        shutil.chown(path, "postgres", "postgres")
        other = {"user": "postgres", "group": "postgres"}
    subprocess.run(
        [initdb, "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", *locale],
        cwd=path, check=True, stdout=2, **other,
    )
    binary = str(pathlib.Path(os.path.realpath(initdb)).with_name("postgres"))
    server = start(
        [binary, "-D", data, "-k", path, "-c", "listen_addresses=", "-c", "fsync=off", *options], path, "postgres"
    )
    return ready(lambda: connect(f"{path}/.s.PGSQL.5432"), server)


def mariadb(connect, options=()):
    """What `connect` makes of the socket of a MariaDB."""
    path = folder()
    data, socket = f"{path}/data", f"{path}/socket"
    subprocess.run(
        [program("mariadb-install-db"), "--no-defaults", f"--datadir={data}", "--skip-test-db",
         "--auth-root-authentication-method=normal", *(["--user=root"] if os.geteuid() == 0 else [])],
        cwd=path, check=True, stdout=2,
    )
    server = start(
        [program("mariadbd", "/usr/sbin/mariadbd"), "--no-defaults", f"--datadir={data}", f"--socket={socket}",
         "--skip-networking", f"--pid-file={path}/pid", *options, *(["--user=root"] if os.geteuid() == 0 else [])],
        path, None,
    )
    return ready(lambda: connect(socket), server)

#!/usr/bin/env bash
# Python 3.14: a process that is started has the working directory of now, and the environment of the first one.
#
# Version    Python 3.14 (seen with 3.14.10) and Python 3.15 (seen with 3.15.2), on Linux, 30 November 2026.
# Behaviour  Since 3.14 multiprocessing starts processes by "forkserver". The manual warns that a child may not have the
#            global variables of its parent. One takes it that what a program gives to any child is still given: its
#            environment, its working directory, its umask. The directory is told to each child. The other two are those
#            that the server had when the first process made it start: a variable that is set between the first and the
#            second process reaches neither the second nor any later one. "fork", the way until 3.13, and "spawn" give
#            all three as they are.
# So         settings for workers are passed as arguments; or the start method is chosen, and not left to the version.
# Output     fork        first red /usr 022   second blue /etc 027
#            spawn       first red /usr 022   second blue /etc 027
#            forkserver  first red /usr 022   second red /etc 022
# Needs      python3.14 on the PATH, or its path in PYTHON314 (any later version will do).
set -euo pipefail

python=${PYTHON314:-python3.14}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 14) or sys.platform != "linux")' 2>/dev/null; then
    echo "skipped: $python is not Python 3.14 or later on Linux"
    exit 77
fi

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/children.py" <<'END2'
import multiprocessing
import os
import sys
from multiprocessing.queues import SimpleQueue


def tell(answers: "SimpleQueue[str]") -> None:
    answers.put(f"{os.environ.get('COLOUR')} {os.getcwd()} {os.umask(0o22):03o}")


def start(method: str) -> str:
    context = multiprocessing.get_context(method)
    answers = context.SimpleQueue()
    told = []
    for name, colour, folder, mask in (("first", "red", "/usr", 0o22), ("second", "blue", "/etc", 0o27)):
        os.environ["COLOUR"] = colour
        os.chdir(folder)
        os.umask(mask)
        process = context.Process(target=tell, args=(answers,))
        process.start()
        told.append(f"{name} {answers.get()}")
        process.join()
    return "   ".join(told)


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, usual: {multiprocessing.get_start_method()}", file=sys.stderr)
    for method in ("fork", "spawn", "forkserver"):
        print(f"{method:11} {start(method)}")
END2
seen=$("$python" "$room/children.py")
echo "$seen"
if [ "$seen" != "fork        first red /usr 022   second blue /etc 027
spawn       first red /usr 022   second blue /etc 027
forkserver  first red /usr 022   second red /etc 022" ]; then
    echo "This is no longer so." >&2
    exit 1
fi

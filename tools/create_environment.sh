# Creates the virtual environment named by $1 with $PYTHON, or with the first interpreter on the PATH that fits.
# Each candidate is run, not only found: version managers leave commands on the PATH that start nothing.
set -eu

fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if [ -n "${PYTHON:-}" ]; then
    fits "$PYTHON" || {
        echo "PYTHON=$PYTHON does not start Python 3.11 or newer: name one that does." >&2
        exit 1
    }
else
    for candidate in python3 python3.13 python3.12 python3.11 python; do
        if fits "$candidate"; then
            PYTHON=$candidate
            break
        fi
    done
fi

[ -n "${PYTHON:-}" ] || {
    echo "No Python 3.11 or newer was found on the PATH: install one, or name it with PYTHON=/path/to/python3." >&2
    exit 1
}
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || {
    echo "$PYTHON comes without its venv module: install it (Debian and Ubuntu: apt-get install python3-venv)." >&2
    exit 1
}
"$PYTHON" -m venv "$1"

#!/bin/sh
# Make .venv with everything Koers needs, from the lock file. Does nothing when all is there already.
# Writes inside the project folder only. Set KOERS_PYTHON to choose a Python 3.10 yourself.
set -eu
cd "$(dirname "$0")/../.."

STATE="$PWD/.koers"
mkdir -p "$STATE"
export PIP_CACHE_DIR="$STATE/cache/pip" UV_CACHE_DIR="$STATE/cache/uv" PIP_DISABLE_PIP_VERSION_CHECK=1

# What the packages take, with room for what is unpacked on the way.
MEGABYTES=4500

say() { printf '%s\n' "$*"; }

is_python_310() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null
}

# Prints the path of a Python 3.10, or nothing.
find_python() {
    for candidate in "${KOERS_PYTHON:-}" python3.10 python3 python; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
        if is_python_310 "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python "$STATE"/python/*3.10*/bin/python3.10; do
        if [ -x "$candidate" ] && is_python_310 "$candidate"; then
            say "$candidate"
            return
        fi
    done
}

# Lets uv download a Python 3.10 into the project; uv itself comes from PyPI.
download_python() {
    any=$(command -v python3 || command -v python) || return 1
    "$any" -m pip install --quiet --target "$STATE/uv" uv >"$STATE/uv.log" 2>&1 || return 1
    UV_PYTHON_INSTALL_DIR="$STATE/python" "$STATE/uv/bin/uv" python install 3.10 >>"$STATE/uv.log" 2>&1
}

# Megabytes that are free where the project is; nothing when that can't be asked.
free_megabytes() {
    df -Pm . 2>/dev/null | { read -r _ || true; read -r _ _ _ free _ || true; printf '%s' "${free:-}"; }
}

# One sentence about a failed installation, and the end.
give_up() {
    said=$(cat "$STATE/install.log" 2>/dev/null || true)
    free=$(free_megabytes)
    # A full disk has no room for what pip says of it either.
    if [ -n "$free" ] && [ "$free" -lt 100 ]; then said="No space left"; fi
    case "$said" in
    *"No space left"*)
        say "De schijf is vol: het installeren van Koers vraagt $MEGABYTES MB. Maak ruimte en probeer het opnieuw." >&2 ;;
    *"No matching distribution"* | *onnection* | *"timed out"* | *"name resolution"*)
        say "De pakketten kunnen niet worden opgehaald: is er verbinding met internet (pypi.org)? Probeer het daarna opnieuw." >&2 ;;
    *)
        say "Het installeren is niet gelukt. Wat er misging staat in .koers/install.log; probeer het daarna opnieuw." >&2 ;;
    esac
    exit 1
}

install_packages() {
    wanted=$(cksum <requirements.lock)
    if [ -x .venv/bin/python ] && [ "$(cat .venv/koers-lock 2>/dev/null)" = "$wanted" ] && is_python_310 .venv/bin/python; then
        return
    fi
    python=$(find_python)
    if [ -z "$python" ]; then
        say "Geen Python 3.10 gevonden; ik probeer er een te downloaden."
        download_python || true
        python=$(find_python)
    fi
    if [ -z "$python" ]; then
        say "Koers heeft Python 3.10 nodig en die is hier niet te vinden of te downloaden: installeer Python 3.10 (bijvoorbeeld met 'pyenv install 3.10') en probeer het opnieuw." >&2
        exit 1
    fi
    rm -rf .venv
    free=$(free_megabytes)
    if [ -n "$free" ] && [ "$free" -lt "$MEGABYTES" ]; then
        say "De schijf heeft te weinig ruimte: het installeren van Koers vraagt $MEGABYTES MB en er is $free MB vrij. Maak ruimte en probeer het opnieuw." >&2
        exit 1
    fi
    say "Pakketten installeren met $python (een paar minuten, eenmalig)..."
    # Twice quiet: no warnings about how other people's packages are built.
    { "$python" -m venv .venv &&
        .venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements.lock; } \
        >"$STATE/install.log" 2>&1 || give_up
    say "$wanted" >.venv/koers-lock
}

install_packages
.venv/bin/python deploy/local/spacy_model.py

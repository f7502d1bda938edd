#!/bin/sh
# A browser for the website's tests. CI gets Debian's Chromium; elsewhere the tests say that they are skipped without one.
set -eu
if [ -n "${CI:-}" ] && ! command -v chromium >/dev/null 2>&1; then
    echo "Chromium installeren voor de tests van de website..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 ||
        echo "Chromium kon niet worden geinstalleerd."
fi

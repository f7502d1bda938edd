#!/bin/sh
# PostgreSQL, Redis and nginx for 'make cluster' and its tests. CI gets Debian's packages; elsewhere call this yourself,
# or the tests say that they are skipped. The packages' own services are not started.
set -eu
missing=""
[ -d /usr/lib/postgresql ] || missing="$missing postgresql"
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null 2>&1 || missing="$missing nginx"
[ -n "$missing" ] || exit 0
if [ "${1:-}" = "--ci" ] && [ -z "${CI:-}" ]; then
    exit 0
fi
echo "Installeren voor de tests met meer machines:$missing"
{
    apt-get update -qq &&
        RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
} >/dev/null 2>&1 || echo "Niet alles kon worden geinstalleerd:$missing"

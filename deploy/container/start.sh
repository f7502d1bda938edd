#!/bin/sh
# The vectors that were made with the image go where new ones can be added: encoding them anew takes minutes.
set -eu
[ -e "$KOERS_VECTORS_PATH" ] || cp .koers/vectors.db "$KOERS_VECTORS_PATH"
exec "$@"

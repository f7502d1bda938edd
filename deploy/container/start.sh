#!/bin/sh
set -eu
# The vectors that were made with the image go where new ones can be added.
[ -e "$KOERS_VECTORS_PATH" ] || cp .koers/vectors.db "$KOERS_VECTORS_PATH"
# What is wrong is said in a sentence, before anything starts.
case "$*" in
    *bot.serve*) python -m bot.preflight assistant ;;
    *bot.actions.server*) python -m bot.preflight actions ;;
    *knowledge*) python -m bot.preflight knowledge ;;
esac
exec "$@"

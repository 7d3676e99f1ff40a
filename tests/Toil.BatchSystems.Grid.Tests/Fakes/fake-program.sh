#!/bin/bash
# Every fake program is a link to this: a file that a test has just written can't always be run, since another thread that forks holds it open.
{ printf '%s' "${0##*/}"; printf ' [%s]' "$@"; echo; } >> "$CALLS"
. "$0.body"

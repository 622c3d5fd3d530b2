# Plain progress lines and sentences for the shell scripts (sourced, not run).

say() { printf '%s\n' "$*"; }

# fail <what happened> <what to do>
fail() {
  printf '\n✖ %s\n  → %s\n' "$1" "${2:-Xem $log}" >&2
  exit 1
}

# What the step that failed said last.
last_words() { tac "$log" | sed '/^── /q' | tac | tail -n 25 | sed 's/^/    /'; }

# step <label> <command…>: the command's own words go to the log, a person sees label and seconds.
step() {
  local label=$1 started=$SECONDS child status=0
  shift
  printf '\n── %s\n' "$label" >>"$log"
  printf '• %s … ' "$label"
  "$@" >>"$log" 2>&1 </dev/null &
  child=$!
  # A command in the background does not hear Ctrl-C by itself.
  trap 'kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 130' INT TERM
  if [ -t 1 ]; then
    while kill -0 "$child" 2>/dev/null; do
      printf '\r• %s … %d giây ' "$label" $((SECONDS - started))
      sleep 0.5
    done
  fi
  wait "$child" || status=$?
  trap - INT TERM
  [ "$status" -eq 0 ] || { say "hỏng"; last_words >&2; return "$status"; }
  printf 'xong (%d giây)\n' $((SECONDS - started))
}

# What tmux, GNU screen and xterm make of 500 random frames is the canvas, cell for cell, with the
# size changed half-way; ambiguous characters in one column, and in two where the terminal can.
set -u
agree=$(realpath "${BUILD:-build}/tests/term/agree")
work=$(mktemp -d) || exit 1
seed=${SEED:-20260122}
export LC_ALL=C.UTF-8 TMUX_TMPDIR="$work" SCREENDIR="$work/screens" HOME="$work"
unset TMUX STY DISPLAY
xserver=
end() {
	tmux -L agree kill-server 2>/dev/null
	screen -S agree -X quit >/dev/null 2>&1
	[ -z "$xserver" ] || kill "$xserver"
	rm -rf "$work"
}
trap end EXIT
mkdir -m 700 "$work/screens"
mkfifo "$work/go" "$work/ready"

# No status line, the size by command only. The pane's program ends, and with it the server.
cat >"$work/tmux.conf" <<'E2'
set -g default-terminal tmux-256color
set -g status off
set -s escape-time 0
E2
cat >"$work/screenrc" <<'E2'
defutf8 on
startup_message off
altscreen on
vbell_msg ""
term screen-256color
E2
tmux_() { tmux -L agree -f "$work/tmux.conf" -u "$@"; }

blanks() { sed 's/ *$//'; }
# The capture with the canvas's number of rows and no blanks at row ends.
shot_tmux() { tmux_ capture-pane -p -t agree | blanks; }
cursor_tmux() { tmux_ display-message -p -t agree '#{cursor_y} #{cursor_x}'; }
shot_xterm() { blanks <"$work/print"; }
cursor_xterm() { cat "$work/cursor"; }

# Waits until the terminal shows the canvas: it may not have read all yet. Nothing more comes, as
# the program waits for us.
agrees() { # how
	end_time=$(($(date +%s) + 10))
	while :; do
		"shot_$1" >"$work/shot" 2>/dev/null
		cmp -s "$work/shot" "$work/picture" && [ "$("cursor_$1")" = "$(cat "$work/cursor")" ] && return 0
		[ "$(date +%s)" -lt "$end_time" ] || break
	done
	echo "# the cursor is at $("cursor_$1"), not at $(cat "$work/cursor")"
	diff "$work/picture" "$work/shot" | sed 's/^/# /' | head -n 20
	return 1
}

size_tmux() { tmux_ resize-window -t agree -x "$2" -y "$1"; }

# Goes through all checkpoints with the program that was started.
watch() { # how
	for step in 50 100 150 200 250 300 350 400 450 500; do
		number=$(timeout 30 head -n 1 "$work/ready")
		[ "$number" = "$step" ] || { echo "# no step $step but '$number'"; return 1; }
		agrees "$1" || { echo "# at step $step"; return 1; }
		case $step in
		250) "size_$1" 31 101 && echo "31 101" >"$work/go" ;;
		350) "size_$1" 9 37 && echo "9 37" >"$work/go" ;;
		*) echo on >"$work/go" ;;
		esac
	done
}

in_tmux() {
	tmux_ new-session -d -s agree -x 80 -y 24 "$agree --show '$work' $seed 1 16" || return 1
	watch tmux
	result=$?
	tmux_ kill-server 2>/dev/null
	return $result
}

n=0
try() { # name, needed command, then the command that must succeed
	name=$1 needs=$2
	shift 2
	n=$((n + 1))
	if ! command -v "$needs" >/dev/null; then
		echo "ok $n - $name # SKIP there is no $needs"
	elif "$@" >"$work/log" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		cat "$work/log"
	fi
}

echo 1..1
try "tmux shows the canvas" tmux in_tmux

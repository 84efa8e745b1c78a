# What tmux, GNU screen and xterm make of 500 random frames is the canvas, cell for cell, and the
# size changes twice on the way; ambiguous characters in one column, and in two where the terminal
# can: tmux cannot before 3.6.
set -u
. tests/report.sh
agree=$(realpath "${BUILD:-build}/tests/term/agree")
work=$(mktemp -d) || exit 1
seed=${SEED:-20260122}
ambiguous=1
export LC_ALL=C.UTF-8 TMUX_TMPDIR="$work" SCREENDIR="$work/screens" HOME="$work"
unset TMUX STY DISPLAY COLORTERM
xserver='' xterm=''
stop() { # what of it runs
	screen_ -X quit >/dev/null
	tmux_ kill-server
	[ -z "$xterm" ] || kill "$xterm"
	[ -z "$xserver" ] || { kill "$xserver" && wait "$xserver"; }
	xserver='' xterm=''
}
trap 'stop 2>/dev/null; rm -rf "$work"' EXIT
mkdir -m 700 "$work/screens"

# No status line anywhere: the program has all rows.
printf '%s\n' 'set -g default-terminal tmux-256color' 'set -g status off' >"$work/tmux.conf"
cat >"$work/screenrc" <<'T'
defutf8 on
startup_message off
altscreen on
term screen-256color
T
# A server that ends may still take a call: each test has one of its own.
tmux_() { tmux -L "agree$n" -f "$work/tmux.conf" -u "$@"; }
screen_() { screen -S "agree$n" "$@"; }

# How to capture, where the cursor is, how to change the size.
shot_tmux() { tmux_ capture-pane -p -t agree; }
cursor_tmux() { tmux_ display-message -p -t agree '#{cursor_y} #{cursor_x}'; }
size_tmux() { tmux_ resize-window -t agree -x "$2" -y "$1"; }

# Its hardcopy knows no Unicode: all of the screen is copied as a reader would, and there is no
# line feed at the end. The second half of a wide Latin-1 character is copied as U+00FF.
shot_screen() {
	rm -f "$work/copied"
	screen_ -X eval copy 'stuff "H0 L$ "' "writebuf -e UTF-8 $work/copied"
	LC_ALL=C sed 's/\xc3\xbf//g' "$work/copied" && echo
}
cursor_screen() { cursor_tmux; }
size_screen() { size_tmux "$@"; }

# It prints U+FFFF for the second half of a wide character, and prints when told to by the program.
shot_xterm() { LC_ALL=C sed 's/\xef\xbf\xbf//g' "$work/print"; }
cursor_xterm() { cat "$work/cursor"; }
size_xterm() { printf '\033[8;%d;%dt' "$1" "$2" >"$(cat "$work/tty")"; }

# It tells nobody where its cursor is. It draws spacing marks of Indic scripts over their letters.
shot_kitty() { kitty_ get-text; }
cursor_kitty() { cat "$work/cursor"; }
size_kitty() { kitty_ resize-os-window --unit cells --width "$2" --height "$1"; }
kitty_() { kitty @ --to "unix:$work/kitty" "$@"; }

# It tells nobody either. It hands its screen to a command, without a line feed at the end, when a
# key says so, which it has to have been given first; its size is what the compositor says.
shot_foot() {
	rm -f "$work/piped"
	wtype -s 60 -M ctrl -M shift -k y -m shift -m ctrl -s 60
	late=$(($(date +%s) + 2))
	until [ -e "$work/piped" ] || [ "$(date +%s)" -gt $late ]; do :; done
	cat "$work/piped" && echo
}
cursor_foot() { cat "$work/cursor"; }
size_foot() {
	[ -n "$cell" ] || cell=$(swaymsg -t get_tree | awk '/floating_con/ { on = 1 }
		on && /"width"/ { w = $2 + 0 } on && /"height"/ { print w / 80, $2 / 24; exit }')
	swaymsg "[app_id=foot] resize set width $(($2 * ${cell% *})) px height $(($1 * ${cell#* })) px" >/dev/null
}

# Until the terminal shows the canvas. It may not have read everything yet, but nothing more comes:
# the program waits for us.
agrees() { # how
	late=$(($(date +%s) + 10))
	while :; do
		"shot_$1" 2>/dev/null | sed 's/ *$//' >"$work/shot"
		cmp -s "$work/shot" "$work/picture" && [ "$("cursor_$1")" = "$(cat "$work/cursor")" ] && return 0
		[ "$(date +%s)" -lt $late ] || break
	done
	echo "the cursor: $("cursor_$1"), not $(cat "$work/cursor")"
	diff "$work/picture" "$work/shot" | head -n 20
	return 1
}

watch() { # how
	for step in 50 100 150 200 250 300 350 400 450 500; do
		number=$(timeout 30 head -n 1 "$work/ready")
		[ "$number" = "$step" ] || { echo "no step $step: $number"; return 1; }
		agrees "$1" || { echo "at step $step"; return 1; }
		case $step in
		250) "size_$1" 31 101 && echo 31 101 >"$work/go" ;;
		350) "size_$1" 9 37 && echo 9 37 >"$work/go" ;;
		*) echo on >"$work/go" ;;
		esac
	done
}

show="$agree --show $work $seed"
in_tmux() { tmux_ new-session -d -s agree -x 80 -y 24 "$show 1 16" && watch tmux; }

# Its client needs a terminal, which is tmux; what counts is what screen itself has.
in_screen() {
	[ "$ambiguous" = 1 ] || echo 'cjkwidth on' >>"$work/screenrc"
	tmux_ new-session -d -s agree -x 80 -y 24 \
		"TMUX= NO_WIDE_CORNER=1 screen -c $work/screenrc -U -S agree$n $show $ambiguous 16" && watch screen
}

start_xserver() {
	Xvfb -displayfd 3 -screen 0 1600x1200x24 -nolisten tcp 3<>"$work/display" >/dev/null 2>&1 &
	xserver=$!
	display=$(timeout 20 head -n 1 "$work/display")
	[ -n "$display" ]
}

in_xterm() {
	start_xserver || return 1
	echo "tty >$work/tty; exec $show $ambiguous 16" >"$work/run"
	wide='+cjk_width'
	[ "$ambiguous" = 1 ] || wide='-cjk_width'
	DISPLAY=:$display NO_WIDE_MARKS=1 AFTER=$(printf '\033[i') xterm -u8 $wide -geometry 80x24 \
		-xrm '*printAttributes: 0' -xrm '*printerAutoClose: true' \
		-xrm "*printerCommand: cat >$work/print" -xrm '*allowWindowOps: true' \
		-e sh "$work/run" 2>/dev/null &
	xterm=$!
	watch xterm
}

in_kitty() {
	start_xserver || return 1
	DISPLAY=:$display NO_INDIC=1 kitty --config NONE --listen-on "unix:$work/kitty" \
		-o allow_remote_control=yes -o remember_window_size=no -o font_size=8 \
		-o initial_window_width=80c -o initial_window_height=24c \
		-o window_padding_width=0 $show $ambiguous 16 2>/dev/null &
	xterm=$!
	watch kitty
}

# The compositor needs no display, and will not run as root.
in_foot() {
	printf '%s\n' 'default_border none' 'for_window [app_id=foot] floating enable' \
		'output HEADLESS-1 resolution 1600x1200' \
		"exec sh -c 'echo \$SWAYSOCK \$WAYLAND_DISPLAY >$work/display'" >"$work/sway"
	printf '%s\n' 'pad=0x0' 'font=monospace:size=8' '[key-bindings]' \
		"pipe-visible=[sh -c \"cat >$work/part; mv $work/part $work/piped\"] Control+Shift+y" >"$work/foot.ini"
	cell='' XDG_RUNTIME_DIR=$work
	export XDG_RUNTIME_DIR SWAYSOCK WAYLAND_DISPLAY
	WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 sway -c "$work/sway" 2>/dev/null &
	xserver=$!
	read -r SWAYSOCK WAYLAND_DISPLAY <<-T
		$(timeout 20 head -n 1 "$work/display")
	T
	[ -n "$SWAYSOCK" ] || return 1
	foot -c "$work/foot.ini" -W 80x24 $show $ambiguous 16 2>/dev/null &
	xterm=$!
	watch foot
}

try() { # name, the commands it needs, the columns of an ambiguous character, how
	name=$1 ambiguous=$3 missing=''
	for command in $2; do
		command -v "$command" >/dev/null || missing="$missing $command"
	done
	[ "$4" != in_foot ] || [ "$(id -u)" != 0 ] || missing="$missing other user than root"
	if [ -n "$missing" ]; then
		skip "$name" "there is no$missing"
		return
	fi
	rm -f "$work/go" "$work/ready" "$work/display"
	mkfifo "$work/go" "$work/ready" "$work/display"
	: >"$work/print"
	"$4" >"$work/log" 2>&1 && : >"$work/log" || echo "it failed" >>"$work/log"
	stop 2>/dev/null
	report "$name" "$(cat "$work/log")"
}

try "tmux shows the canvas" tmux 1 in_tmux
try "screen shows the canvas" "tmux screen" 1 in_screen
try "screen shows the canvas, ambiguous characters wide" "tmux screen" 2 in_screen
try "xterm shows the canvas" "Xvfb xterm" 1 in_xterm
try "xterm shows the canvas, ambiguous characters wide" "Xvfb xterm" 2 in_xterm
try "kitty shows the canvas" "Xvfb kitty" 1 in_kitty
try "foot shows the canvas" "sway foot wtype" 1 in_foot
finish

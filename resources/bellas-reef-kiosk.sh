#!/bin/sh
# Bella's Reef on the touch display by the tank: started by bellas-reef-kiosk.service, or by hand on a free console.
#
# Inside a compositor (labwc or any desktop sets WAYLAND_DISPLAY or DISPLAY) it just opens the full-screen window; on a
# bare console it starts cage, a compositor that shows one program full screen and nothing else:
#     sudo apt-get install cage
# With labwc in place of cage (it can rotate and map touch screens: `wlr-randr`, ~/.config/labwc/rc.xml): put this
# script's path into ~/.config/labwc/autostart, and start labwc where the unit starts this script.
#
# REEF_HOME: where the program is (default: the folder above this script's). Everything else as resources/example.env says.
set -eu
home=${REEF_HOME:-$(cd "$(dirname "$0")/.." && pwd)}
electron=${ELECTRON_OVERRIDE_DIST_PATH:-$home/node_modules/electron/dist}/electron
if [ ! -x "$electron" ]; then
	echo "Electron's program is missing at $electron: run npm start once with a network, on a display" >&2
	exit 1
fi
cd "$home"
set -- "$electron" "$home" --kiosk --ozone-platform-hint=auto "$@"
if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
	exec "$@"
fi
# -s: switching consoles stays possible, so that a keyboard can rescue a stuck display; -d: no window decorations.
exec cage -s -d -- "$@"

#!/bin/bash
# A machine of its own for the real systemd, as far as namespaces go: $1 is the program's folder, $2 a folder with drop-in.conf.
# The unit is the shipped one, to the letter; the drop-in says only what a test must know or cannot wait for.
set -euo pipefail
program=$1 folder=$2
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /opt
mkdir /opt/bellas-reef
mount --bind "$program" /opt/bellas-reef
mount -t tmpfs tmpfs /var/lib
umount -R /sys/fs/cgroup || true
mount -t cgroup2 cgroup2 /sys/fs/cgroup
# What `useradd --system` writes, in this mount namespace alone.
{ cat /etc/passwd; echo 'bellas-reef:x:990:990::/var/lib/bellas-reef:/usr/sbin/nologin'; } > "$folder/passwd"
{ cat /etc/group; echo 'bellas-reef:x:990:'; } > "$folder/group"
mount --bind "$folder/passwd" /etc/passwd
mount --bind "$folder/group" /etc/group
mkdir -p /run/systemd/system/bellas-reef.service.d
cp "$program/resources/bellas-reef.service" /run/systemd/system/
cp "$folder/drop-in.conf" /run/systemd/system/bellas-reef.service.d/
printf '[Unit]\nDefaultDependencies=no\nWants=bellas-reef.service\n' > /run/systemd/system/reef.target
export container=other
exec /lib/systemd/systemd --system --unit=reef.target --log-target=console

# A pid namespace in which nothing happens but what a test does, with a process for each kind of
# namespace, pinned ones, an ordinary user's, and one with a name that is up to no good.
#
# usage: scene.sh DIRECTORY BELLJAR
D=$1
mkdir "$D/pins" "$D/root" "$D/user"
chown 1000:1000 "$D/user"
mount -t tmpfs pins "$D/pins"
touch "$D/pins/net" "$D/pins/again" "$D/pins/uts"
unshare --net="$D/pins/net" sleep infinity &
NET=$!
unshare --uts="$D/pins/uts" sh -c 'sleep infinity & sleep infinity & wait' &
UTS=$!
unshare --user --map-root-user --ipc sleep infinity &
USR=$!
unshare --user --map-root-user unshare --user --map-root-user --pid --fork sh -c 'sleep infinity; :' &
NESTED=$!
unshare --cgroup --time --fork sleep infinity &
setpriv --reuid 1000 --regid 1000 --clear-groups unshare --user --uts sleep infinity &
OWN=$!
bash -c 'exec -a "$(printf "b\033[31mad\\\\x41\tname \303\251\200</text><script>")" unshare --mount sleep infinity' &
bash -c 'exec -a "$(printf "b\033[31mad\\\\x41\tname \303\251\200</text><script>")" sleep infinity' &
sleep 0.5
mount --bind "$D/pins/net" "$D/pins/again"
inode() { readlink "/proc/$1/ns/$2" | tr -dc 0-9; }
cat > "$D/variables" <<END
UTS=$UTS NET=$NET USR=$USR OWN=$OWN NESTED=$NESTED D=$D
UTSNS=$(inode $UTS uts) USERNS=$(inode $USR user)
END
echo ready
wait

# In a mount namespace of its own: $1 the bench's directory, $2 an ordinary user.
set -e
hostname bench
cd "$1"
mount --bind "$1" "$1"
mount --make-private "$1"
chmod 755 .
mkdir root user run-root run-user newroot empty
chown "$2:$2" user run-user
chmod 700 run-root run-user
mkdir newroot/bin newroot/etc newroot/proc newroot/tmp
cp "$(command -v busybox)" newroot/bin/busybox
for name in sh id ls cat pwd echo true readlink env sleep hostname; do ln -s busybox newroot/bin/$name; done
printf 'root:x:0:0::/:/bin/sh\nalice:x:1234:1235::/:/bin/sh\n' > newroot/etc/passwd
printf 'root:x:0:\nalice:x:1235:\nmusic:x:77:alice\n4321:x:55:\n' > newroot/etc/group
name=$(id -un "$2" 2> /dev/null || echo "$2")
printf 'root:300000:65536\n%s:200000:65536\n' "$name" > subuid
printf 'root:310000:65536\n%s:210000:65536\n' "$name" > subgid
touch /etc/subuid /etc/subgid
mount --bind subuid /etc/subuid
mount --bind subgid /etc/subgid
echo ready
exec sleep 100000

"""Listens at SOCKET from a mount namespace of its own, as a process that has ended since; a process of the host has its
number now. Who asks there is made to print a line."""
import ctypes
import os
import signal
import socket
import struct
import sys

CLONE3, CLONE_NEWNS, SIGCHLD = 435, 0x20000, 17
libc = ctypes.CDLL(None, use_errno=True)
told, tell = os.pipe()


def listen():
    libc.unshare(CLONE_NEWNS)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    os.chmod(sys.argv[1], 0o600)
    recorded = os.fork()
    if recorded == 0:
        listener.listen()
        os._exit(0)
    os.waitpid(recorded, 0)
    os.write(tell, struct.pack("i", recorded))
    while True:
        connection, _ = listener.accept()
        try:
            if connection.recv(1 << 20):
                text = b"taken over\n"
                connection.sendall(struct.pack("<III", 16, 4 + len(text), 1) + text + struct.pack("<III", 17, 4, 0))
        except OSError:
            pass
        connection.close()


child = os.fork()
if child == 0:
    libc.prctl(1, 9)  # it ends with this process
    listen()
number = struct.unpack("i", os.read(told, 4))[0]
# What waiting until the numbers have gone round would give.
wanted = (ctypes.c_int * 1)(number)
arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, SIGCHLD, 0, 0, 0, ctypes.addressof(wanted), 1, 0)
if libc.syscall(CLONE3, arguments, ctypes.sizeof(arguments)) == 0:
    libc.prctl(1, 9)
    signal.pause()
print("listening", flush=True)
signal.pause()

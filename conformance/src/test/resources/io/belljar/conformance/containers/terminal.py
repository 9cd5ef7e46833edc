# A person at a terminal: runs a command on a new one, and does what the lines of standard input say:
#   raw (waits until the terminal is) | see TEXT | type TEXT (with \r, \x03) | size ROWS COLUMNS | signal NUMBER | run SHELL-COMMAND
# Exits as the command did, as a shell has it, with 250 when TEXT was not seen in time, and with 251 when the command
# left the terminal in another mode. What came from the terminal goes to standard output.
import fcntl, os, pty, select, struct, subprocess, sys, termios, time

PATIENCE = 30
master, slave = pty.openpty()


def resize(rows, columns):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def own():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def receive(seconds):
    global looked
    if select.select([master], [], [], seconds)[0]:
        got = os.read(master, 65536)
        looked += got
        os.write(1, got)


def see(text):
    global looked
    end = time.time() + PATIENCE
    while text not in looked:
        if time.time() > end:
            command.kill()
            sys.exit(250)
        receive(0.1)
    looked = looked[looked.index(text) + len(text):]


looked = b""
resize(30, 100)
before = termios.tcgetattr(slave)
command = subprocess.Popen(sys.argv[1:], stdin=slave, stdout=slave, stderr=slave, preexec_fn=own)
for line in sys.stdin.read().splitlines():
    verb, _, rest = line.partition(" ")
    text = rest.encode().decode("unicode_escape").encode("latin-1")
    if verb == "see":
        see(text)
    elif verb == "type":
        os.write(master, text)
    elif verb == "size":
        resize(*map(int, rest.split()))
    elif verb == "signal":
        command.send_signal(int(rest))
    elif verb == "raw":
        while termios.tcgetattr(slave) == before:
            receive(0.01)
    elif verb == "run":
        subprocess.run(rest, shell=True, check=True, stdout=subprocess.DEVNULL)
    else:
        sys.exit("what is " + line)
end = time.time() + PATIENCE
while command.poll() is None and time.time() < end:
    receive(0.05)
receive(0.05)
if command.poll() is None:
    command.kill()
    sys.exit(250)
if termios.tcgetattr(slave) != before:
    sys.exit(251)
sys.exit(command.returncode if command.returncode >= 0 else 128 - command.returncode)

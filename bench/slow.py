#!/usr/bin/env python3
"""Holds N connections that send a byte of a request's head every second, from a hundred addresses of loopback, each
anew when it is cut off. Says how many there are once all are. Usage: slow.py N PORT; ends when it is killed."""
import socket
import sys
import time

HEAD = b"GET / HTTP/1.1\r\nHost: geci.example.cn\r\nX-Slow: " + b"x" * 4000
SLICES = 100  # of a second: not all at once


def connect(n, port):
    s = socket.socket()
    s.bind((f"127.0.1.{1 + n % 100}", 0))
    s.connect(("127.0.0.1", port))
    s.setblocking(False)
    return s


def main():
    n, port = int(sys.argv[1]), int(sys.argv[2])
    slow = [[connect(i, port), 0] for i in range(n)]
    print(n, flush=True)
    turn = 0
    while True:
        began = time.monotonic()
        for i in range(turn % SLICES, n, SLICES):
            one = slow[i]
            try:
                one[0].send(HEAD[one[1] : one[1] + 1])
                one[1] += 1
                if one[0].recv(1) == b"":
                    raise ConnectionError
            except BlockingIOError:
                pass
            except OSError:
                one[0].close()
                slow[i] = [connect(i, port), 0]
        turn += 1
        time.sleep(max(0, 1 / SLICES - (time.monotonic() - began)))


main()

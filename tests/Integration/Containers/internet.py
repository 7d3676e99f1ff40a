"""All that containers in tests can reach: names lead to this server, which answers every request with an empty page."""

import http.server
import socket
import struct
import sys
import threading

ADDRESS = sys.argv[1]


def answer_names():
    """Answers every question for an IPv4 address (RFC 1035) with the server's own, and others with nothing."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((ADDRESS, 53))
    while True:
        query, client = server.recvfrom(512)
        end = query.index(0, 12) + 5
        found = query[end - 4:end - 2] == b"\0\1"
        header = query[:2] + struct.pack(">HHHHH", 0x8180, 1, int(found), 0, 0)
        record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton(ADDRESS)
        server.sendto(header + query[12:end] + (record if found else b""), client)


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


threading.Thread(target=answer_names, daemon=True).start()
http.server.ThreadingHTTPServer((ADDRESS, 80), Page).serve_forever()

"""The picture of a run, for every place that runs no scripts: a PNG, made of nothing but zlib.

A column is a time step, a row a unit. Blue is positive and orange negative, as on the page.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from ._canonical import Array

Pixels = NDArray[np.uint8]

_WHITE, _INK, _OUTLINE, _UNDEFINED = (255, 255, 255), (27, 39, 51), (220, 226, 232), (162, 28, 175)
_POSITIVE = [(255, 255, 255), (141, 193, 228), (10, 103, 163)]
_NEGATIVE = [(255, 255, 255), (249, 188, 139), (214, 90, 10)]

#: Letters three pixels wide and five high, a digit of each string a row, its bits the pixels.
_LETTERS = {
    **dict(zip("0123456789", "75557 26227 71747 71717 55711 74717 74757 71111 75757 75717".split())),
    **dict(zip("ABCDEFGHIJKLM", "25755 65656 34443 65556 74647 74644 34553 55755 72227 11152 55655 44447 57755".split())),
    **dict(zip("NOPQRSTUVWXYZ", "65555 25552 65644 25573 65655 34216 72222 55557 55552 55775 55255 55222 71247".split())),
    **dict(zip(".,-+/'!?#:_()", "00002 00024 00700 02720 11244 22000 22202 71202 57575 02020 00007 12221 42224".split())),
    "±": "27207",
    "∂": "31757",
}


def _write(pixels: Pixels, text: str, top: int, left: int, scale: int = 2) -> None:
    for at, letter in enumerate(text.upper()):
        for row, bits in enumerate(_LETTERS.get(letter, "00000")):
            for column in range(3):
                if int(bits) >> (2 - column) & 1:
                    y, x = top + row * scale, left + (at * 4 + column) * scale
                    pixels[y : y + scale, x : x + scale] = _INK


def _width(text: str, scale: int = 2) -> int:
    return (len(text) * 4 - 1) * scale


def _colours(values: Array, most: float) -> Pixels:
    """The colour of each number on the scale from −`most` to `most`."""
    share = np.clip(np.abs(values) / (most or 1.0), 0, 1)[..., None]
    side = np.where((values < 0)[..., None, None], np.array(_NEGATIVE, float), np.array(_POSITIVE, float))
    low, middle, high = side[..., 0, :], side[..., 1, :], side[..., 2, :]
    mixed = np.where(share < 0.5, low + (middle - low) * share * 2, middle + (high - middle) * (share * 2 - 1))
    mixed = np.where(np.isfinite(values)[..., None], mixed, np.array(_UNDEFINED, float))
    return np.asarray(np.round(np.nan_to_num(mixed)), dtype=np.uint8)


def draw(lanes: dict[str, Array], tokens: list[str]) -> Pixels:
    """Heat maps, each T×n, one below the other, with their names and the tokens above them."""
    steps = len(tokens)
    cell = max(4, min(48, 720 // steps))
    margin = 2 * 4 * 2 + max(_width(name) for name in lanes)
    heights = {name: max(2, min(16, 200 // lane.shape[1])) for name, lane in lanes.items()}
    head, gap, foot = 20, 26, 8
    height = head + sum(heights[name] * lane.shape[1] + gap for name, lane in lanes.items()) - gap + 18 + foot
    width = margin + steps * cell + 8
    pixels = np.full((height, width, 3), 255, dtype=np.uint8)
    for t, token in enumerate(tokens):
        for text in (token, str(t + 1)):
            drawn = all(letter in _LETTERS for letter in text.upper())
            if drawn and _width(text) <= cell - 4:
                _write(pixels, text, 5, margin + t * cell + (cell - _width(text)) // 2)
                break
    top = head
    for name, lane in lanes.items():
        row, n = heights[name], lane.shape[1]
        finite = np.abs(lane[np.isfinite(lane)])
        most = float(finite.max(initial=0.0))
        block = _colours(lane.T, most).repeat(row, axis=0).repeat(cell, axis=1)
        block[:, ::cell] = _OUTLINE
        pixels[top : top + n * row, margin : margin + steps * cell] = block
        for y in (top - 1, top + n * row):
            pixels[y, margin : margin + steps * cell] = _OUTLINE
        _write(pixels, name, top + max(0, (n * row - 10) // 2), 8)
        _write(pixels, f"±{most:.3g}", top + n * row + 4, margin)
        top += n * row + gap
    return pixels


def png(pixels: Pixels) -> bytes:
    """The file of a picture of height × width × 3 bytes."""
    height, width, _ = pixels.shape
    rows = np.hstack([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)])

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")

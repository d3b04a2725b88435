"""How things move in time. Seconds in, mostly 0 to 1 out."""

from __future__ import annotations

import math
from collections.abc import Callable

Easing = Callable[[float], float]


def clamp(x: float) -> float:
    return min(1.0, max(0.0, x))


def smooth(x: float) -> float:
    """Starts and ends gently."""
    x = clamp(x)
    return x * x * x * (x * (6 * x - 15) + 10)


def arrive(x: float) -> float:
    """Starts at once, ends gently."""
    return 1 - (1 - clamp(x)) ** 3


def leave(x: float) -> float:
    """Starts gently, ends at full speed."""
    return clamp(x) ** 3


def overshoot(x: float, by: float = 1.5) -> float:
    """Arrives a little too far and comes back."""
    x = clamp(x) - 1
    return 1 + (by + 1) * x**3 + by * x**2


def linear(x: float) -> float:
    return clamp(x)


def ramp(t: float, start: float, end: float, easing: Easing = smooth) -> float:
    """0 before `start`, 1 after `end`."""
    return easing((t - start) / (end - start))


def between(t: float, start: float, end: float, edge: float = 0.4) -> float:
    """0 outside, 1 inside, gently at both edges."""
    return ramp(t, start, start + edge) * (1 - ramp(t, end - edge, end))


def mix(a: float, b: float, x: float) -> float:
    return a + (b - a) * x


def track(t: float, *keys: tuple[float, float], easing: Easing = smooth) -> float:
    """The value at `t` of what passes through (time, value), in order of time."""
    (time, value) = keys[0]
    for next_time, next_value in keys[1:]:
        if t < next_time:
            return mix(value, next_value, ramp(t, time, next_time, easing))
        time, value = next_time, next_value
    return value


def ring(t: float, start: float, *, speed: float = 30.0, damping: float = 6.0) -> float:
    """A trembling that begins at `start` and dies away, -1 to 1."""
    since = t - start
    return math.exp(-damping * since) * math.sin(speed * since) if since > 0 else 0.0


def bump(t: float, at: float, width: float = 0.5) -> float:
    """0, up to 1 at `at`, back to 0."""
    x = clamp((t - at) / width + 0.5)
    return math.sin(math.pi * x) ** 2

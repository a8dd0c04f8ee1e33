/** Where something begins and ends on the screen, in CSS pixels from its top. */
type Span = { top: number; bottom: number };

/** Whether at least half of something lies between the top of the screen and `foot`, where what covers its lower part begins. */
export function isHalfSeen({ top, bottom }: Span, foot: number): boolean {
  return Math.min(bottom, foot) - Math.max(top, 0) >= (bottom - top) / 2;
}

/**
 * Waits until each of some elements has been on the screen for half of its height at least; not all at once need be.
 * @param bar what may lie over them at the foot of the screen
 * @param left ends the wait, which then never resolves
 */
export function whenHalfSeen(
  elements: readonly Element[],
  bar: Element | null,
  left: AbortSignal,
): Promise<void> {
  let unseen = [...elements];
  return new Promise((resolve) => {
    const watched = new AbortController();
    const stop = () => watched.abort();
    const look = () => {
      const foot = Math.min(window.innerHeight, bar?.getBoundingClientRect().top ?? Infinity);
      unseen = unseen.filter((element) => !isHalfSeen(element.getBoundingClientRect(), foot));
      if (unseen.length > 0) return;
      stop();
      resolve();
    };
    window.addEventListener("scroll", look, { signal: watched.signal, passive: true });
    window.addEventListener("resize", look, { signal: watched.signal });
    left.addEventListener("abort", stop, { once: true });
    look();
  });
}

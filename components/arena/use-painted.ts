"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";
import { whenHalfSeen } from "@/components/arena/half-seen";

/**
 * Tells when all images in a part of the page have been seen: each is decoded, half of each side has been on the screen, and two
 * frames have begun since. A page in the background paints nothing, so there it does not tell.
 * @param key tells one set of images from the next; null while there is none
 * @param onPrompted called once a key with the page's clock in milliseconds, or null where an image cannot be decoded
 */
export function usePainted(
  part: RefObject<HTMLElement | null>,
  key: string | null,
  onPrompted: (key: string, at: number | null) => void,
) {
  const tell = useEffectEvent(onPrompted);
  useEffect(() => {
    if (key === null || part.current === null) return;
    let frame = 0;
    const left = new AbortController();
    const images = [...part.current.querySelectorAll("img")];
    // A side, not its image: of a video that image holds all frames and is cut.
    const sides = images.flatMap((image) => image.closest("button[data-stage]") ?? []);
    const bar = part.current.querySelector("[data-bar]");
    void Promise.all(images.map(decoded))
      .then(() => whenHalfSeen(sides, bar, left.signal))
      .then(
        () => {
          if (left.signal.aborted) return;
          frame = requestAnimationFrame(() => {
            frame = requestAnimationFrame((at) => tell(key, at));
          });
        },
        () => {
          if (!left.signal.aborted) tell(key, null);
        },
      );
    return () => {
      left.abort();
      cancelAnimationFrame(frame);
    };
  }, [part, key]);
}

/** A browser under load may refuse to decode in advance what it has whole: it then does so as it paints. */
async function decoded(image: HTMLImageElement): Promise<void> {
  try {
    await image.decode();
  } catch (cause) {
    if (!image.complete || image.naturalWidth === 0) throw cause;
  }
}

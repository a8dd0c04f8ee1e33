"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";

/**
 * Tells when all images in a part of the page have been painted: each is decoded, and two frames have begun since. A
 * page in the background paints nothing, so there it does not tell.
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
    let left = false;
    const images = [...part.current.querySelectorAll("img")];
    void Promise.all(images.map(decoded)).then(
      () => {
        if (left) return;
        frame = requestAnimationFrame(() => {
          frame = requestAnimationFrame((at) => tell(key, at));
        });
      },
      () => {
        if (!left) tell(key, null);
      },
    );
    return () => {
      left = true;
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

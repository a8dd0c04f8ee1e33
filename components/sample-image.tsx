"use client";

import { useCallback, useState } from "react";

type SampleImageProps = {
  src: string;
  /** What was asked for: the alternative text. */
  prompt: string;
  className?: string;
  eager?: boolean;
  /** Width / height of its frame; square unless told. */
  aspect?: number;
  onLoad?: () => void;
};

/**
 * A sample, in a square frame unless told. A small image (64x64) shown large keeps its own pixels: smoothing would invent detail that the
 * model never made and hide what it got wrong. Less than twice its size, pixels would
 * come out uneven: then it is scaled smoothly, as is every image with pixels enough.
 */
export function SampleImage({
  src,
  prompt,
  className = "",
  eager = false,
  aspect = 1,
  onLoad,
}: SampleImageProps) {
  const [smooth, setSmooth] = useState(false);
  const measure = useCallback(
    (image: HTMLImageElement | null) => {
      if (!image?.complete || image.naturalWidth === 0) return;
      setSmooth(image.naturalWidth * 2 > image.clientWidth * window.devicePixelRatio);
      onLoad?.();
    },
    [onLoad],
  );
  return (
    // The image is shown byte for byte as the model made it: no optimiser between.
    <img
      ref={measure}
      src={src}
      alt={prompt}
      draggable={false}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      onLoad={(event) => measure(event.currentTarget)}
      style={{ imageRendering: smooth ? "auto" : "pixelated", aspectRatio: aspect }}
      className={`block w-full object-contain ${className}`}
    />
  );
}

"use client";

import { useCallback, useState } from "react";
import { Covered, useIsInsideButton } from "@/components/covered";
import { isBlurred, sharpAddress } from "@/lib/schemas/sample-address";

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
 * come out uneven: then it is scaled smoothly, as is every image with pixels enough. One that is blurred stays so until it is
 * asked for.
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
  const covered = isBlurred(src);
  const [wanted, setWanted] = useState(false);
  const insideButton = useIsInsideButton();
  const image = (
    // The image is shown byte for byte as the model made it: no optimiser between.
    <img
      ref={measure}
      src={covered && wanted ? sharpAddress(src) : src}
      alt={prompt}
      translate="no"
      draggable={false}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      onLoad={(event) => measure(event.currentTarget)}
      style={{ imageRendering: smooth ? "auto" : "pixelated", aspectRatio: aspect }}
      className={`block w-full object-contain ${className}`}
    />
  );
  if (!covered || wanted) return image;
  return (
    <Covered onShow={insideButton ? undefined : () => setWanted(true)} prompt={prompt}>
      {image}
    </Covered>
  );
}

"use client";

import { Maximize, Minimize } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

/** A button that gives the viewer the whole screen, where the browser can; left with the viewer. */
export function FullScreen() {
  const t = useTranslations("viewer");
  const [isFull, setIsFull] = useState(false);
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    setOffered(document.fullscreenEnabled === true);
    const onChange = () => setIsFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", onChange);
    return () => {
      document.removeEventListener("fullscreenchange", onChange);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, []);
  if (!offered) return null;
  const toggle = () =>
    // The page and not the viewer: what opens over the viewer is to be seen too.
    (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
      () => undefined,
    );
  return (
    <button
      type="button"
      aria-label={t("fullScreen")}
      aria-pressed={isFull}
      className="button-quiet button-small"
      onClick={() => void toggle()}
    >
      {isFull ? (
        <Minimize className="size-4" aria-hidden="true" />
      ) : (
        <Maximize className="size-4" aria-hidden="true" />
      )}
    </button>
  );
}

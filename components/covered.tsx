"use client";

import { useTranslations } from "next-intl";
import { createContext, useContext, type ReactNode } from "react";

const Inside = createContext(false);

/** Whether what is shown stands inside of a button, in which there can be no other one. */
export const useIsInsideButton = (): boolean => useContext(Inside);

/** Marks what is pressed as a whole. */
export function InsideButton({ children }: { children: ReactNode }) {
  return <Inside.Provider value={true}>{children}</Inside.Provider>;
}

/** A blurred image under the button that shows it; without `onShow`, under the word alone. */
export function Covered({
  onShow,
  prompt,
  children,
}: {
  onShow?: () => void;
  /** Of the image, for who hears the page. */
  prompt: string;
  children?: ReactNode;
}) {
  const t = useTranslations("site.covered");
  return (
    <span className={children === undefined ? "absolute inset-0 block" : "relative block"}>
      {children}
      <span className="absolute inset-0 grid place-items-center p-2">
        {onShow === undefined ? (
          <span className="bg-paper/90 rounded-md px-2 py-1 text-xs">{t("blurred")}</span>
        ) : (
          <button
            type="button"
            className="button-quiet button-small bg-paper/90"
            aria-label={t("showImage", { prompt })}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={onShow}
          >
            {t("show")}
          </button>
        )}
      </span>
    </span>
  );
}

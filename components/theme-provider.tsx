"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

/**
 * Light, dark or as the system has it, remembered in this browser and followed by its other tabs. The script that sets it before
 * the first paint runs by the answer's nonce.
 */
export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <NextThemes
      attribute="data-theme"
      storageKey="salon-theme"
      // globals.css sets it, and without scripts too.
      enableColorScheme={false}
      nonce={nonce}
    >
      {children}
    </NextThemes>
  );
}

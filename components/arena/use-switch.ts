"use client";

import { useCallback, useEffect, useState } from "react";

/**
 * A switch that this visitor sets, kept in this browser.
 * @param key its name in the browser's storage
 * @param first how it stands until the visitor sets it
 */
export function useSwitch(key: string, first: boolean): [on: boolean, toggle: () => void] {
  const [on, setOn] = useState(first);
  useEffect(() => {
    try {
      const stored = localStorage.getItem(key);
      if (stored !== null) setOn(stored === "on");
    } catch {
      // Storage may be refused: then it stands as at first on every visit.
    }
  }, [key]);
  const toggle = useCallback(() => {
    setOn((before) => {
      try {
        localStorage.setItem(key, before ? "off" : "on");
      } catch {
        // It then lasts for this page only.
      }
      return !before;
    });
  }, [key]);
  return [on, toggle];
}

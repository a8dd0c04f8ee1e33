"use client";

import { useCallback, useEffect, useState } from "react";

const KEY = "salon-details";

/** Whether this visitor wants to be asked about single criteria after each vote; kept in this browser, off at first. */
export function useDetails(): [boolean, () => void] {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    try {
      setWanted(localStorage.getItem(KEY) === "on");
    } catch {
      // Storage may be refused: then it is off on every visit.
    }
  }, []);
  const toggle = useCallback(() => {
    setWanted((before) => {
      try {
        localStorage.setItem(KEY, before ? "off" : "on");
      } catch {
        // It then lasts for this page only.
      }
      return !before;
    });
  }, []);
  return [wanted, toggle];
}

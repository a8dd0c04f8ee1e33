"use client";

import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useState, useTransition } from "react";
import {
  keepOwnColumns,
  keptOwnColumns,
  writeOwnColumns,
  type OwnColumnText,
} from "@/components/leaderboard/own-columns-text";
import {
  FILTERS,
  parseTableState,
  writeTableState,
  type TableState,
} from "@/components/leaderboard/table-state";

/** The table's state, kept in the page's address, and what the server is asked for. */
export function useTableAddress(initial: TableState) {
  const router = useRouter();
  const path = usePathname();
  const [pending, startTransition] = useTransition();
  const [state, setState] = useState(initial);
  // Back and forward may show the page as it was rendered first; what was chosen since stands in the address.
  useEffect(() => {
    const read = () => {
      const linked = parseTableState(new URLSearchParams(window.location.search));
      setState((before) => (writeTableState(before) === writeTableState(linked) ? before : linked));
    };
    read();
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);

  const change = (part: Partial<TableState>) => {
    const next = { ...state, ...part };
    setState(next);
    const query = writeTableState(next, window.location.search);
    if (query === window.location.search.slice(1)) return;
    const address = query ? `${path}?${query}` : path;
    // What is typed, sorted or laid out replaces the address; what is filtered is a step that Back takes back.
    if (FILTERS.some((name) => next[name] !== state[name])) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  };

  /** What the server answers: it renders the page anew. */
  const ask = useCallback(
    (asked: Record<string, string | null>, how: "push" | "replace" = "push") => {
      const params = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(asked)) {
        if (value) params.set(name, value);
        else params.delete(name);
      }
      startTransition(() => router[how](`${path}?${params}`, { scroll: false }));
    },
    [router, path],
  );
  const showOwn = (columns: OwnColumnText[]) => {
    const own = writeOwnColumns(columns);
    keepOwnColumns(own);
    ask({ own });
  };
  // A bare link shows this browser's own columns; one that names columns shows those.
  useEffect(() => {
    const own = keptOwnColumns();
    if (own && !new URLSearchParams(window.location.search).has("own")) ask({ own }, "replace");
  }, [ask]);
  return { state, change, pending, ask, showOwn };
}

"use client";

import { useLayoutEffect, useState } from "react";
import useSWR, { type SWRConfiguration } from "swr";
import { asApiError, callApi, mayPass, type ApiError } from "@/components/api-client";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/**
 * How long to wait after a failed request.
 * @param failures requests that failed one after another, from 1
 * @param retryAfterSeconds what the server said, which counts where it is longer
 * @returns milliseconds, doubled with each failure up to half a minute
 */
export function retryWait(failures: number, retryAfterSeconds: number | null): number {
  const backoff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
  return Math.max(backoff, (retryAfterSeconds ?? 0) * 1000);
}

type Options<T> = {
  /** What the page was rendered with: shown until there is something newer, instead of a request. */
  initial?: T;
  /** Milliseconds until it is asked for again; null: this is the last word. Once only, unless told. */
  wait?: (data: T) => number | null;
  /** How it is asked for; a plain GET unless told. */
  ask?: (path: string) => Promise<T>;
  /** While the answer of a new path is on its way, the last one stays. */
  keepsLast?: boolean;
};

type Answered<T> = {
  data: T;
  /** Why the newest request failed; null once one is answered. */
  error: ApiError | null;
  /** Ask now. What goes wrong then stands in `error`. */
  refresh: () => Promise<void>;
};

/**
 * An answer of Salon's API, kept up to date while `wait` says that it will change. A hidden tab asks nothing; failures that
 * may pass are tried again, at growing intervals.
 * @param path null or empty: nothing is asked for
 */
export function useApi<T>(path: string | null, options: Options<T> & { initial: T }): Answered<T>;
export function useApi<T>(path: string | null, options?: Options<T>): Answered<T | undefined>;
export function useApi<T>(
  path: string | null,
  { initial, wait = () => null, ask = callApi<T>, keepsLast = false }: Options<T> = {},
): Answered<T | undefined> {
  const [every, setEvery] = useState(0);
  const { data, error, mutate } = useSWR<T, unknown>(path, ask, {
    ...RULES,
    fallbackData: initial,
    revalidateOnMount: initial === undefined,
    refreshInterval: every,
    keepPreviousData: keepsLast,
  });
  const due = data === undefined ? 0 : (wait(data) ?? 0);
  if (due !== every) setEvery(due);

  // What the server has rendered is newer than what an earlier visit of this page left in the cache.
  useLayoutEffect(() => {
    if (initial !== undefined) void mutate(initial, { revalidate: false });
  }, [initial, mutate]);

  return {
    data,
    error: error === undefined ? null : asApiError(error),
    refresh: async () => void (await mutate()),
  };
}

const RULES: SWRConfiguration = {
  dedupingInterval: 0,
  revalidateOnFocus: false,
  revalidateOnReconnect: false,
  refreshWhenHidden: false,
  shouldRetryOnError: (thrown) => mayPass(asApiError(thrown)),
  onErrorRetry: (thrown, _path, _rules, retry, { retryCount }) => {
    const wait = retryWait(retryCount, asApiError(thrown).retryAfterSeconds);
    const again = () => {
      if (document.visibilityState === "visible") void retry({ retryCount, dedupe: true });
      else setTimeout(again, wait);
    };
    setTimeout(again, wait);
  },
};

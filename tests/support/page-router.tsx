import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import type { ReactNode } from "react";

/** Where components sent the visitor: Next.js's router, which goes nowhere and keeps the addresses. */
export function pageRouter(path = "/") {
  const visited: string[] = [];
  const visit = (href: string) => void visited.push(href);
  const nothing = () => undefined;
  const router: AppRouterInstance = {
    bfcacheId: "page",
    push: visit,
    replace: visit,
    back: nothing,
    forward: nothing,
    refresh: nothing,
    prefetch: nothing,
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <AppRouterContext.Provider value={router}>
      <PathnameContext.Provider value={path}>{children}</PathnameContext.Provider>
    </AppRouterContext.Provider>
  );
  return { visited, wrapper };
}

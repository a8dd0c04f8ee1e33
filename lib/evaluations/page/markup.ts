import type { html } from "hono/html";

/** Escaped HTML: whatever a template of hono's `html` is given is escaped, but what such a template made. */
export type Html = ReturnType<typeof html>;

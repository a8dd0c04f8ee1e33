import { createHash } from "node:crypto";
import { THEME_SCRIPT } from "@/components/theme-script";

const THEME_HASH = createHash("sha256").update(THEME_SCRIPT).digest("base64");

/**
 * What a page may load and run: scripts that carry this answer's nonce, what those load, and the theme script by its hash;
 * nothing from elsewhere, no plug-ins, no frames. Styles may stand in the page, as formulas and plots write theirs there.
 * @param nonce made anew for each answer, and guessed by nobody
 * @param development Next.js's refresh on change needs eval
 */
export function contentSecurityPolicy(nonce: string, development = false): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'sha256-${THEME_HASH}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

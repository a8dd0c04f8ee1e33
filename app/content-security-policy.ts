/**
 * What a page may load and run: scripts that carry this answer's nonce, and what those load; nothing from elsewhere, no
 * plug-ins, no frames. Styles may stand in the page, as formulas and plots write theirs there.
 * @param nonce made anew for each answer, and guessed by nobody
 * @param development Next.js's refresh on change needs eval
 */
export function contentSecurityPolicy(nonce: string, development = false): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * The policy of the one page that others may frame (app/embed): it has no script and no form, so that nothing in it can be clicked
 * that does more than follow a link.
 * @param ancestors origins that may frame it (EMBED_ANCESTORS); none: nobody
 */
export function embedPolicy(ancestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(" ")}`,
  ].join("; ");
}

/** The nonce of a policy that contentSecurityPolicy made; undefined where there is none. */
export function nonceOf(policy: string | null): string | undefined {
  return policy?.match(/'nonce-([^']+)'/)?.[1];
}

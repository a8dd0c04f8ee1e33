import ipaddr from "ipaddr.js";

/** Where a server listens, and the further names that lead to it. */
export type HostSettings = { HOST: string; ALLOWED_HOSTS: string[] };

/**
 * Whether a server answers to a Host header. A page whose name its owner lets point at this machine (DNS rebinding) is, to a
 * browser, the same site as ours, so only names are answered that belong to it: loopback's, HOST, and those of
 * ALLOWED_HOSTS. An address is always answered: no name leads there.
 * @param header "name", "name:port", "1.2.3.4:port" or "[::1]:port"; undefined when a request has none
 */
export function isAllowedHost(header: string | undefined, settings: HostSettings): boolean {
  const name = hostName(header ?? "");
  if (name === null) return false;
  if (ipaddr.isValid(name) || name === "localhost" || name.endsWith(".localhost")) return true;
  return [settings.HOST, ...settings.ALLOWED_HOSTS].some((allowed) => hostName(allowed) === name);
}

/** A host's name in its one spelling, without port, brackets and final dot; null for what is none. */
function hostName(host: string): string | null {
  if (/[\s/\\@?#]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  const { hostname } = new URL(`http://${host}`);
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";

/**
 * The network address that limits are counted by, or null when unknown. With TRUSTED_PROXIES = n it is the n-th entry
 * of X-Forwarded-For from the end: what the outermost proxy of ours saw; entries before it are the client's claims.
 * With none, Next.js has put the connection's own address there (instrumentation.ts removes what clients send).
 * An IPv6 client owns a /64 and is counted as one.
 */
export function clientAddress(headers: Headers, trustedProxies = env().TRUSTED_PROXIES): string | null {
  const entries = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  const entry = entries.at(-Math.max(1, trustedProxies));
  if (entry === undefined || !ipaddr.isValid(entry)) return null;
  const address = ipaddr.process(entry);
  if (address.kind() === "ipv4") return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

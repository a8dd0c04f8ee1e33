import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";

/** Stands for all clients of whom a proxy of ours tells no address. */
const UNKNOWN = "0.0.0.0";

/** Some proxies write the port, too: 203.0.113.7:51234, [2001:db8::1]:443. */
const withoutPort = (entry: string | undefined) =>
  entry?.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1").replace(/^\[(.*)\](:\d+)?$/, "$1");

/**
 * The network address that limits are counted by, or null when unknown. With TRUSTED_PROXIES = n it is the n-th entry
 * of X-Forwarded-For from the end: what the outermost proxy of ours saw; entries before it are the client's claims.
 * With none, Next.js has put the connection's own address there (instrumentation.ts removes what clients send).
 * Where fewer came than there are proxies it is the outermost. What is no address, as some proxies write instead of one, is one
 * address that all such clients share. An IPv6 client owns a /64 and is counted as one.
 */
export function clientAddress(headers: Headers, trustedProxies = env().TRUSTED_PROXIES): string | null {
  const entries = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  const entry = withoutPort(entries.at(-Math.max(1, trustedProxies)) ?? entries.at(0));
  if (entry === undefined) return null;
  const address = ipaddr.process(ipaddr.isValid(entry) ? entry : UNKNOWN);
  if (address.kind() === "ipv4") return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

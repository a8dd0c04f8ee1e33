import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Cloud metadata and platform services that live on addresses which look public. */
const NEVER_PUBLIC = new Set(["168.63.129.16"]);
/** IPv4-compatible IPv6 (RFC 4291, deprecated), which ipaddr.js takes for unicast. */
const IPV4_COMPATIBLE = ipaddr.parseCIDR("::/96");

/**
 * Whether an IP address belongs to the public Internet. Everything else (loopback, private, link-local, CGNAT,
 * multicast, documentation, and every IPv6 form that wraps an IPv4 address: mapped, compatible, NAT64, 6to4, Teredo) is not.
 * @param address an IPv4 or IPv6 literal, without brackets
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv6" && parsed.match(IPV4_COMPATIBLE)) return false;
  return parsed.range() === "unicast" && !NEVER_PUBLIC.has(parsed.toString());
}

/** Whether a connection to an address stays on this machine. */
export function isThisMachine(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === "loopback" || range === "unspecified";
}

type Rule = { port: number | null } & ({ host: string } | { range: [ipaddr.IPv4 | ipaddr.IPv6, number] });

/** Whose an endpoint is: Salon's own backend, what the operator submits, what anybody else does. */
export type EndpointOwner = "bundled" | "operator" | "visitor";

/** Where endpoints of one owner may be besides public addresses. */
export interface AddressPolicy {
  allow: AllowList;
  /** Why an address is not called even so, in words that follow "is"; null: it may be. */
  refuse: (address: string, port: number) => string | null;
  /** What to do about an address that is refused for not being public, as a sentence. */
  advice: string;
}

/** Private places that an operator lets endpoints live at. */
export interface AllowList {
  /** Whether a host name may be called whatever it resolves to. */
  hasHost(hostname: string, port: number): boolean;
  /** Whether an address may be called although it is not public. */
  hasAddress(address: string, port: number): boolean;
}

/**
 * Read an allow-list: host names, IP addresses or CIDR ranges, each with an optional port:
 * `gpu.lan`, `gpu.lan:8000`, `10.0.0.7`, `10.0.0.0/8:8000`, `::1`, `[::1]:8000`, `fd00::/8`.
 * @throws Error naming the entry that cannot be read
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  const rules = entries.map(parseRule);
  const portFits = (rule: Rule, port: number) => rule.port === null || rule.port === port;
  return {
    hasHost: (hostname, port) => {
      const name = hostname.toLowerCase().replace(/\.$/, "");
      return rules.some((rule) => "host" in rule && rule.host === name && portFits(rule, port));
    },
    hasAddress: (address, port) => {
      if (!ipaddr.isValid(address)) return false;
      const parsed = ipaddr.process(address);
      return rules.some(
        (rule) =>
          "range" in rule &&
          rule.range[0].kind() === parsed.kind() &&
          parsed.match(rule.range) &&
          portFits(rule, port),
      );
    },
  };
}

function parseRule(entry: string): Rule {
  const wrong = () =>
    new Error(`OUTBOUND_ALLOW: '${entry}' is no host, IP address or CIDR range (with an optional :port).`);
  const [, place, portText] =
    /^\[([^\]]+)\](?::(\d+))?$/.exec(entry) ?? // [v6]:port
    (/^[^:]*:[^:]*:/.test(entry) ? [entry, entry, undefined] : undefined) ?? // bare v6, range or not
    /^([^:]+)(?::(\d+))?$/.exec(entry) ??
    [];
  if (place === undefined) throw wrong();
  const port = portText === undefined ? null : Number(portText);
  if (port !== null && (port < 1 || port > 65535)) throw wrong();
  if (ipaddr.isValidCIDR(place)) return { range: ipaddr.parseCIDR(place), port };
  if (isIP(place)) {
    const address = ipaddr.process(place);
    return { range: [address, address.kind() === "ipv4" ? 32 : 128], port };
  }
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(place) || /^[\d.]+$/.test(place)) throw wrong();
  return { host: place.toLowerCase(), port };
}

import { describe, expect, it } from "vitest";
import { isPublicAddress, parseAllowList } from "@/lib/providers/address-rules";

describe("public addresses", () => {
  it.each(["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ["loopback", "127.0.0.1"],
    ["all of 127/8", "127.255.0.3"],
    ["unspecified", "0.0.0.0"],
    ["private 10/8", "10.1.2.3"],
    ["private 172.16/12", "172.31.255.1"],
    ["private 192.168/16", "192.168.0.1"],
    ["link-local and cloud metadata", "169.254.169.254"],
    ["Azure's platform address", "168.63.129.16"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["benchmarking", "198.18.0.1"],
    ["documentation", "203.0.113.9"],
    ["multicast", "224.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["IPv6 loopback", "::1"],
    ["IPv6 unspecified", "::"],
    ["IPv4-mapped loopback", "::ffff:127.0.0.1"],
    ["IPv4-mapped Azure", "::ffff:168.63.129.16"],
    ["IPv4-compatible loopback", "::127.0.0.1"],
    ["IPv4-compatible private", "::a01:203"],
    ["NAT64 of loopback", "64:ff9b::7f00:1"],
    ["6to4 of loopback", "2002:7f00:1::"],
    ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    ["unique local", "fd12:3456::1"],
    ["IPv6 link-local", "fe80::1"],
    ["IPv6 documentation", "2001:db8::1"],
    ["no address at all", "localhost"],
  ])("%s is not", (_name, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("the operator's allow-list", () => {
  it("matches hosts, addresses and ranges, with their port where one is given", () => {
    const allow = parseAllowList([
      "gpu.lan:8000",
      "Box.lan",
      "10.0.0.0/8",
      "192.168.1.5:81",
      "[::1]:9",
      "fd00::/8",
    ]);
    expect(allow.hasHost("gpu.lan", 8000)).toBe(true);
    expect(allow.hasHost("GPU.lan.", 8000)).toBe(true);
    expect(allow.hasHost("gpu.lan", 80)).toBe(false);
    expect(allow.hasHost("evil-gpu.lan", 8000)).toBe(false);
    expect(allow.hasHost("box.lan", 1234)).toBe(true);
    expect(allow.hasAddress("10.200.0.1", 1)).toBe(true);
    expect(allow.hasAddress("::ffff:10.200.0.1", 1)).toBe(true);
    expect(allow.hasAddress("11.0.0.1", 1)).toBe(false);
    expect(allow.hasAddress("192.168.1.5", 81)).toBe(true);
    expect(allow.hasAddress("192.168.1.5", 80)).toBe(false);
    expect(allow.hasAddress("192.168.1.6", 81)).toBe(false);
    expect(allow.hasAddress("::1", 9)).toBe(true);
    expect(allow.hasAddress("::1", 10)).toBe(false);
    expect(allow.hasAddress("fd12::1", 443)).toBe(true);
    expect(allow.hasAddress("fe80::1", 443)).toBe(false);
  });

  it.each(["http://x", "a b", "10.0.0.0/99", "1.2.3", "host:99999", "[::1", "-x"])(
    "refuses '%s' by name",
    (entry) => {
      expect(() => parseAllowList([entry])).toThrow(entry);
    },
  );
});

import { expect, test } from "vitest";
import { isAllowedHost } from "@/lib/schemas/allowed-host";
import { parseEnv } from "@/lib/env";

const SETTINGS = { HOST: "board.lan", ALLOWED_HOSTS: ["salon.example"] };

test("the names of the site, of loopback and all addresses are answered", () => {
  for (const host of [
    "salon.example",
    "Salon.Example:443",
    "salon.example.",
    "board.lan:3000",
    "localhost:3000",
    "a.localhost",
    "127.0.0.1:3000",
    "[::1]:3000",
    "192.168.1.5",
    "[fd00::1]",
  ])
    expect(isAllowedHost(host, SETTINGS), host).toBe(true);
});

test("any other name, and what is no host at all, is not", () => {
  for (const host of [
    undefined,
    "",
    "evil.example",
    "evil.example:3000",
    "localhost.evil.example",
    "xsalon.example",
    "salon.example.evil.example",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "evil.example#localhost",
    "localhost/evil",
    "a b",
    "localhost:99999",
  ])
    expect(isAllowedHost(host, SETTINGS), host).toBe(false);
});

test("a site listens for its own machine unless told, and its names are names", () => {
  expect(parseEnv({})).toMatchObject({ HOST: "127.0.0.1", openBeyondLoopback: false, ALLOWED_HOSTS: [] });
  expect(parseEnv({ ALLOWED_HOSTS: "a.example, b" }).ALLOWED_HOSTS).toEqual(["a.example", "b"]);
  expect(() => parseEnv({ ALLOWED_HOSTS: "https://a.example" })).toThrow(/ALLOWED_HOSTS: must be host names/);
});

test("this machine reaches the site on the address it listens on", () => {
  const url = (HOST: string) => parseEnv({ HOST, PORT: "3000" }).siteUrl;
  expect(url("0.0.0.0")).toBe("http://127.0.0.1:3000");
  expect(url("::")).toBe("http://127.0.0.1:3000");
  expect(url("::1")).toBe("http://[::1]:3000");
  expect(url("10.0.0.7")).toBe("http://10.0.0.7:3000");
});

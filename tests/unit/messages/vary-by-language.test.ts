import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { varyByLanguage } from "@/app/vary-by-language";

const answer = (url: string) => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  varyByLanguage(url, response);
  return response;
};

test("a page's answer varies by language, whatever else it varies by, and says so once", () => {
  const response = answer("/models");
  expect(response.getHeader("vary")).toBe("Accept-Language, Cookie");
  response.setHeader("Vary", "rsc");
  response.setHeader("Vary", `${String(response.getHeader("vary"))}, Accept-Encoding`);
  expect(response.getHeader("vary")).toBe("rsc, Accept-Language, Cookie, Accept-Encoding");
});

test("what is the same in every language varies by none", () => {
  for (const url of ["/api/v1/boards", "/media/samples/x.webp", "/embed/board", "/_next/static/x.js"])
    expect(answer(url).getHeader("vary"), url).toBeUndefined();
});

import { expect, test } from "vitest";
import { refusalOf } from "@/app/api/screened-address";

test.each([
  ["/", null],
  ["/leaderboard/text-to-image?category=%FF", null],
  ["/models/caf%C3%A9", null],
  ["/models/%FF", "address"],
  ["/models/%", "address"],
  ["/models/a%00b", "address"],
  ["/agreement?board=%00", "address"],
  // The API names the field that is wrong.
  ["/api/v1/boards?board=%00", null],
  ["/api/v1/runs/%00", "address"],
  ["//", null],
  ["*", null],
] as const)("%s goes to its route unless it is written as no address: %s", (url, refusal) => {
  expect(refusalOf({ method: "GET", url })).toBe(refusal);
});

test("TRACE goes to no route", () => {
  expect(refusalOf({ method: "TRACE", url: "/" })).toBe("method");
  expect(refusalOf({ method: "POST", url: "/api/v1/votes" })).toBe(null);
});

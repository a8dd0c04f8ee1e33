import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { OperationDetails } from "@/components/docs/operation-details";
import { openApiDocument } from "@/lib/schemas/openapi";

let server: Server;
let asked = 0;
let isThere = false;

beforeAll(async () => {
  server = createServer((_request, response) => {
    asked++;
    if (!isThere) return void response.writeHead(503).end();
    response.setHeader("content-type", "application/json").end(JSON.stringify(openApiDocument()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  window.happyDOM.setURL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/docs/api`);
});
afterEach(cleanup);
afterAll(() => void server.close());

const open = () => {
  const details = screen.getByText("Parameters, fields and errors").closest("details")!;
  details.open = true;
  fireEvent(details, new Event("toggle"));
};

test("an operation's fields are read when it is opened, once for all; a failure says so, and opening it again tries again", async () => {
  const [path, methods] = Object.entries(openApiDocument().paths as Record<string, object>).find(
    ([address]) => address === "/api/v1/votes",
  )!;
  render(<OperationDetails id="vote" method={Object.keys(methods)[0]} path={path} />);
  expect(asked).toBe(0);
  open();
  expect((await screen.findByRole("alert")).textContent).toContain("/api/openapi.json");
  isThere = true;
  open();
  expect(await screen.findByText("battleId")).toBeTruthy();
  expect(screen.getByText(/Errors/)).toBeTruthy();
  cleanup();
  const before = asked;
  render(<OperationDetails id="vote" method={Object.keys(methods)[0]} path={path} />);
  open();
  expect(await screen.findByText("battleId")).toBeTruthy();
  expect(asked).toBe(before);
});

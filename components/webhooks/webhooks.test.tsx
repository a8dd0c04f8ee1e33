import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Webhooks } from "@/components/webhooks/webhooks";
import type { NewWebhook, WebhookDeliveryView, WebhookView } from "@/lib/schemas/webhooks";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/models/flux");
const LIST = "/api/v1/webhooks";
const URL_OF = "https://example.org/salon";
const webhook = (id: string, more: Partial<WebhookView> = {}): WebhookView => ({
  id,
  model: "flux",
  board: null,
  url: URL_OF,
  events: ["run.finished"],
  failingSince: null,
  disabledAt: null,
  disabledReason: null,
  disabledFor: null,
  dropped: 0,
  createdAt: "2026-11-01T00:00:00Z",
  ...more,
});
const delivery = (id: string, more: Partial<WebhookDeliveryView> = {}): WebhookDeliveryView => ({
  id,
  event: "run.finished",
  state: "delivered",
  attempts: 1,
  status: 204,
  reply: null,
  problem: null,
  failedFor: null,
  createdAt: "2026-11-01T00:00:00Z",
  lastAttemptAt: "2026-11-01T00:00:01Z",
  nextAttemptAt: null,
  body: "{}",
  ...more,
});

/** What a page has read stays in the browser: each test looks at another model. */
let models = 0;
const nextModel = () => ({ model: `flux-${(models += 1)}` });

function open(webhooks: WebhookView[], subject: { model: string } | { board: string } = nextModel()) {
  let now = webhooks;
  api.on(`GET ${LIST}`, () => ({ webhooks: now }));
  api.on(`POST ${LIST}`, ({ body }): NewWebhook => {
    const { url, events } = body as Pick<WebhookView, "url" | "events">;
    now = [webhook("whk_new", { url, events }), ...now];
    return { ...now[0], secret: "whsec_abc" };
  });
  for (const { id } of webhooks) {
    api.on(`DELETE ${LIST}/${id}`, () => {
      now = now.filter((each) => each.id !== id);
      return {};
    });
  }
  render(<Webhooks subject={subject} />);
  return subject;
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);

test("adds a webhook for the chosen events and shows its secret this once", async () => {
  const { model } = open([]) as { model: string };
  await screen.findByText("No webhook yet.");
  expect(api.of(`GET ${LIST}`)[0].query.get("model")).toBe(model);
  fireEvent.change(field(/Send events to/), { target: { value: URL_OF } });
  fireEvent.click(field(/A rank changed/));
  press("Add a webhook");
  await waitFor(() => expect(field(/Verify signatures with this secret/).value).toBe("whsec_abc"));
  expect(api.of(`POST ${LIST}`).map(({ body }) => body)).toEqual([
    { model, url: URL_OF, events: ["run.finished", "endpoint.failing", "model.changed", "run.paused"] },
  ]);
  await screen.findByRole("article", { name: URL_OF });
});

test("offers a board no event of an endpoint, and says at the field what is wrong with the address or the choice", async () => {
  open([], { board: "posters-1" });
  expect(screen.queryByLabelText(/endpoint/)).toBeNull();
  expect(screen.queryByLabelText(/paused/)).toBeNull();
  fireEvent.change(field(/Send events to/), { target: { value: "example" } });
  press("Add a webhook");
  await screen.findByText("An http or https address.");
  fireEvent.change(field(/Send events to/), { target: { value: URL_OF } });
  fireEvent.click(field(/A rank changed/));
  fireEvent.click(field(/A run ended/));
  fireEvent.click(field(/The model changed/));
  press("Add a webhook");
  await screen.findByText("Choose at least one.");
  expect(api.of(`POST ${LIST}`)).toEqual([]);
});

test("says what the site refuses, and keeps what was typed", async () => {
  open([]);
  api.on(
    `POST ${LIST}`,
    () => new Refusal(400, "invalid_request", "10.0.0.1:80 is not on the public Internet.", "url"),
  );
  fireEvent.change(field(/Send events to/), { target: { value: "http://10.0.0.1/" } });
  press("Add a webhook");
  await screen.findByText("10.0.0.1:80 is not on the public Internet.");
  expect(field(/Send events to/).value).toBe("http://10.0.0.1/");
});

test("shows what was sent and what came of it, and sends again what arrived or was given up", async () => {
  open([webhook("whk_1")]);
  const path = `${LIST}/whk_1/deliveries`;
  let all = [
    delivery("whd_1"),
    delivery("whd_2", {
      state: "dead",
      attempts: 8,
      status: 503,
      problem: "It answered HTTP 503.",
      reply: "busy",
    }),
    delivery("whd_3", { state: "pending", attempts: 2, status: null, problem: "Nothing listens there." }),
  ];
  api.on(`GET ${path}`, () => ({ deliveries: all }));
  api.on(`POST ${path}/whd_2`, () => {
    all = all.map((each) =>
      each.id === "whd_2" ? { ...each, state: "delivered", status: 200, problem: null } : each,
    );
    return all[1];
  });
  fireEvent.click(await screen.findByRole("button", { name: "Recent deliveries" }));
  const list = within(await screen.findByRole("list", { name: "Recent deliveries" }));
  list.getByText("delivered, HTTP 204");
  list.getByText("given up after 8 attempts, HTTP 503");
  list.getByText("It answered HTTP 503. It said: busy");
  list.getByText("failed 2 times, is tried again");
  expect(list.getAllByRole("button", { name: /Send again/ })).toHaveLength(2);
  fireEvent.click(list.getByRole("button", { name: /whd_2/ }));
  await list.findByText("delivered, HTTP 200");
});

test("a test event opens the deliveries; a webhook that is off, or fails, says so; one is deleted once it is confirmed", async () => {
  open([
    webhook("whk_1", {
      disabledAt: "2026-11-02T00:00:00Z",
      disabledReason: "The address answered 410.",
      dropped: 3,
    }),
    webhook("whk_2", { url: "https://other.example/x", failingSince: "2026-11-02T00:00:00Z" }),
  ]);
  let sent = 0;
  api.on(`POST ${LIST}/whk_1/test`, () => delivery(`whd_${(sent += 1)}`));
  api.on(`GET ${LIST}/whk_1/deliveries`, () => ({
    deliveries: sent === 0 ? [] : [delivery("whd_1", { event: "test" })],
  }));
  const card = within(await screen.findByRole("article", { name: URL_OF }));
  card.getByText(/The address answered 410/);
  card.getByText(/3 events were left out/);
  within(screen.getByRole("article", { name: "https://other.example/x" })).getByText(
    /Nothing has arrived since/,
  );
  fireEvent.click(card.getByRole("button", { name: "Send a test event" }));
  await card.findByText("test");
  fireEvent.click(card.getByRole("button", { name: "Delete" }));
  expect(api.of(`DELETE ${LIST}/whk_1`)).toEqual([]);
  fireEvent.click(card.getByRole("button", { name: "Delete it" }));
  await waitFor(() => expect(screen.queryByRole("article", { name: URL_OF })).toBeNull());
});

test("a new secret is shown once it is confirmed", async () => {
  open([webhook("whk_1")]);
  api.on(`POST ${LIST}/whk_1/secret`, () => ({ secret: "whsec_new", previousUntil: "2026-11-02T00:00:00Z" }));
  fireEvent.click(await screen.findByRole("button", { name: "New secret" }));
  press("Make a new secret");
  await waitFor(() => expect(field(/Verify signatures with this secret/).value).toBe("whsec_new"));
});

test("says why the list cannot be read", async () => {
  api.on(`GET ${LIST}`, () => new Refusal(403, "forbidden", "Not yours."));
  render(<Webhooks subject={nextModel()} />);
  expect((await screen.findByRole("alert")).textContent).toContain("Not yours.");
});

test("what a webhook's codes stand for is told, and what was only said is shown as it was said", async () => {
  open([
    webhook("whk_3", {
      ...{ disabledAt: "2026-11-02T00:00:00Z", disabledReason: "as the API says it" },
      disabledFor: { code: "nothing_arrived", days: 5 },
    }),
  ]);
  api.on(`GET ${LIST}/whk_3/deliveries`, () => ({
    deliveries: [
      delivery("whd_1", { state: "dead", status: 503, failedFor: { code: "answered", status: 503 } }),
      delivery("whd_2", {
        state: "pending",
        status: null,
        failedFor: { code: "not_reached", said: "Away." },
        problem: "Away.",
      }),
      delivery("whd_3", { state: "pending", attempts: 0, status: null }),
    ],
  }));
  fireEvent.click(await screen.findByRole("button", { name: "Recent deliveries" }));
  const list = within(await screen.findByRole("list", { name: "Recent deliveries" }));
  list.getByText("given up after one attempt, HTTP 503");
  list.getByText("It answered HTTP 503.");
  list.getByText("failed once, is tried again");
  list.getByText("Away.");
  list.getByText("waits to be sent");
  screen.getByText(/Nothing has arrived there for over 5 days\. When a test event arrives/);
});

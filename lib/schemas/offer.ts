/** Whether something is offered to who looks: open to them; after they have signed in; or not to them, with the reason. */
export type Offer = { kind: "open" } | { kind: "sign in" | "closed"; text: string };

import { KEY, type Answer, type Asked, type Drawing, type Vendor } from "./vendor";

/** What the servers of several vendors have in common. */

export const bearer: Vendor["auth"] = ["authorization", `Bearer ${KEY}`];
export const post =
  (path: string) =>
  ({ method, path: asked }: Asked) =>
    method === "POST" && asked === path;
export const openAiError = (status: number, code: string, message: string): Answer => ({
  status,
  json: { error: { message, code, type: "invalid_request_error", param: null } },
});
export const moderation = {
  order: openAiError(400, "moderation_blocked", "Your request was rejected by the safety system."),
};
export const usual = ({ body }: Asked) => ({ prompt: body.prompt, seed: body.seed, size: body.size });
export const inline = ({ base64 }: Drawing): Answer => ({
  json: { created: 1, data: [{ b64_json: base64 }] },
});
export const object = (value: unknown) => value as Record<string, unknown>;

/** A task that is asked after: its status in the vendor's words, with the address of its output once it is there. */
export const list = (value: unknown) => value as unknown[];

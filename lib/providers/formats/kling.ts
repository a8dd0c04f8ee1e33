import { createHmac } from "node:crypto";
import {
  apiUrl,
  bearer,
  failedBy,
  mediaIn,
  isOk,
  noRatio,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";

const POLL_MS = 2_000;
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9"];
const PATH = "/images/generations";
/** Of a token made of an access key: until then, and a little before now, since clocks differ. */
const VALID_S = 1_800;
const EARLIER_S = 5;

/** Kling's images. A key is an API key, or "access:secret", of which a token is signed for each request. */
export const KLING: WireFormat = {
  auth: (key) => bearer(key.includes(":") ? signedToken(key, Date.now()) : key),
  async submit(call) {
    const { endpoint, order } = call;
    const ratio = ratioOf(call, RATIOS);
    if (ratio === null) return noRatio(call, RATIOS);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", PATH),
      json: saidFields({
        ...order.extraFields,
        model_name: endpoint.providerModel,
        prompt: order.prompt,
        aspect_ratio: ratio,
        n: 1,
      }),
    });
    const id = isOk(answer) ? textAt(answer.json, "data.task_id") : null;
    if (id === null) return failedBy(answer, call, { expected: "data.task_id" });
    return { kind: "pending", job: { id }, afterMs: POLL_MS };
  },
  poll,
};

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const url = apiUrl(call.endpoint.baseUrl, "/v1", `${PATH}/${encodeURIComponent(job.id)}`);
  const answer = await call.send({ url, method: "GET" });
  const status = isOk(answer) ? textAt(answer.json, "data.task_status") : null;
  if (status === null) return failedBy(answer, call, { expected: "data.task_status" });
  const image = textAt(answer.json, "data.task_result.images.0.url");
  if (status === "succeed" && image !== null) return { kind: "made", media: mediaIn(image, answer)! };
  const isOver = status === "succeed" || status === "failed";
  return isOver ? failedBy(answer, call, { failed: true }) : { kind: "pending", job, afterMs: POLL_MS };
}

/** A JSON web token (RFC 7519, HS256), as Kling wants one of an access key and its secret. */
function signedToken(key: string, now: number): string {
  const [access, secret] = key.split(":");
  const seconds = Math.floor(now / 1000);
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: access, exp: seconds + VALID_S, nbf: seconds - EARLIER_S };
  const signed = `${base64({ alg: "HS256", typ: "JWT" })}.${base64(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
